package dev.upswell.runtime.kafka;

import com.google.protobuf.Message;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.runtime.types.ProtobufSerializer;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes the kind, then the message. */
final class DecodedRecordSerializer<T extends Message> extends WireSerializer<DecodedRecord<T>> {
  private static final long serialVersionUID = 1L;

  private final ProtobufSerializer<T> events;
  private final ProtobufSerializer<DeadLetter> letters = new ProtobufSerializer<>(DeadLetter.class);

  DecodedRecordSerializer(Class<T> type) {
    this.events = new ProtobufSerializer<>(type);
  }

  @Override
  public void serialize(DecodedRecord<T> incoming, DataOutputView out) throws IOException {
    if (incoming instanceof DecodedRecord.Good<T> good) {
      out.writeBoolean(true);
      events.serialize(good.event(), out);
    } else if (incoming instanceof DecodedRecord.Bad<T> bad) {
      out.writeBoolean(false);
      letters.serialize(bad.letter(), out);
    }
  }

  @Override
  public DecodedRecord<T> deserialize(DataInputView in) throws IOException {
    return in.readBoolean()
        ? new DecodedRecord.Good<>(events.deserialize(in))
        : new DecodedRecord.Bad<>(letters.deserialize(in));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecodedRecordSerializer<?> that && events.equals(that.events);
  }

  @Override
  public int hashCode() {
    return events.hashCode();
  }
}
