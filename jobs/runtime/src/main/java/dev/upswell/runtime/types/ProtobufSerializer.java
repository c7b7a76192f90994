package dev.upswell.runtime.types;

import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/**
 * Serializes a Protobuf message with its length. Suitable for state: the schema only gains fields,
 * so records of earlier releases stay readable.
 *
 * @param <T> message
 */
public final class ProtobufSerializer<T extends Message> extends ImmutableSerializer<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private transient Parser<T> parser;

  /** A serializer of one message. */
  public ProtobufSerializer(Class<T> type) {
    this.type = type;
    this.parser = parserOf(type);
  }

  /** The type information of a message. */
  public static <T extends Message> TypeInformation<T> typeOf(Class<T> type) {
    return new SerializedType<>(type, new ProtobufSerializer<>(type));
  }

  @SuppressWarnings("unchecked") // A generated class's own parser gives that class.
  private static <T extends Message> Parser<T> parserOf(Class<T> type) {
    return (Parser<T>) Internal.getDefaultInstance(type).getParserForType();
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    parser = parserOf(type);
  }

  @Override
  public void serialize(T message, DataOutputView out) throws IOException {
    byte[] bytes = message.toByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return parser.parseFrom(bytes);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    int length = in.readInt();
    out.writeInt(length);
    out.write(in, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProtobufSerializer<?> that && type == that.type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(type);
  }

  /**
   * Snapshot of the serializer in savepoints: the class name of the message.
   *
   * @param <T> message
   */
  public static final class Snapshot<T extends Message> implements TypeSerializerSnapshot<T> {
    private static final int VERSION = 1;

    private Class<T> type;

    /** For Flink, which then reads it. */
    @SuppressWarnings({"unchecked", "unused"})
    public Snapshot() {
      this((Class<T>) Message.class);
    }

    Snapshot(Class<T> type) {
      this.type = type;
    }

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeUTF(type.getName());
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
        throws IOException {
      if (version != VERSION) {
        throw new IOException("state of a message: version " + version + " (expected: 1)");
      }
      type = InstantiationUtil.resolveClassByName(in, classLoader);
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
      return new ProtobufSerializer<>(type);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
        TypeSerializerSnapshot<T> old) {
      return old instanceof Snapshot<T> that && Objects.equals(type, that.type)
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
