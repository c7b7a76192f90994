package dev.upswell.runtime.kafka;

import com.google.protobuf.Message;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.runtime.types.ProtobufSerializer;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes which of the two it is, then the message. */
final class IncomingSerializer<T extends Message> extends WireSerializer<Incoming<T>> {
  private static final long serialVersionUID = 1L;

  private final ProtobufSerializer<T> events;
  private final ProtobufSerializer<DeadLetter> letters = new ProtobufSerializer<>(DeadLetter.class);

  IncomingSerializer(Class<T> type) {
    this.events = new ProtobufSerializer<>(type);
  }

  @Override
  public void serialize(Incoming<T> incoming, DataOutputView out) throws IOException {
    if (incoming instanceof Incoming.Good<T> good) {
      out.writeBoolean(true);
      events.serialize(good.event(), out);
    } else if (incoming instanceof Incoming.Bad<T> bad) {
      out.writeBoolean(false);
      letters.serialize(bad.letter(), out);
    }
  }

  @Override
  public Incoming<T> deserialize(DataInputView in) throws IOException {
    return in.readBoolean()
        ? new Incoming.Good<>(events.deserialize(in))
        : new Incoming.Bad<>(letters.deserialize(in));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IncomingSerializer<?> that && events.equals(that.events);
  }

  @Override
  public int hashCode() {
    return events.hashCode();
  }
}
