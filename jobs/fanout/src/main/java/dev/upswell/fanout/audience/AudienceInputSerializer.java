package dev.upswell.fanout.audience;

import dev.upswell.feeds.audience.FanOut;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes the input of audiences between operators. */
public final class AudienceInputSerializer extends WireSerializer<AudienceInput> {
  private static final long serialVersionUID = 1L;
  private static final int BEGIN = 0;
  private static final int JOINED = 1;
  private static final int LEFT = 2;

  @Override
  public void serialize(AudienceInput input, DataOutputView out) throws IOException {
    if (input instanceof AudienceInput.Begin begin) {
      out.writeByte(BEGIN);
      writeFanOut(begin.fanOut(), out);
    } else if (input instanceof AudienceInput.Joined joined) {
      out.writeByte(JOINED);
      out.writeLong(joined.creatorId());
      out.writeInt(joined.part());
      out.writeLong(joined.userId());
      out.writeLong(joined.epoch());
    } else if (input instanceof AudienceInput.Left left) {
      out.writeByte(LEFT);
      out.writeLong(left.creatorId());
      out.writeInt(left.part());
      out.writeLong(left.userId());
    }
  }

  @Override
  public AudienceInput deserialize(DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case BEGIN -> new AudienceInput.Begin(readFanOut(in));
      case JOINED ->
          new AudienceInput.Joined(in.readLong(), in.readInt(), in.readLong(), in.readLong());
      case LEFT -> new AudienceInput.Left(in.readLong(), in.readInt(), in.readLong());
      default -> throw new IOException("audience input: " + kind + " (expected: 0..2)");
    };
  }

  /** Writes a fan-out. */
  public static void writeFanOut(FanOut fanOut, DataOutputView out) throws IOException {
    out.writeBoolean(fanOut.kind() == FanOut.Kind.PUSH);
    out.writeLong(fanOut.creatorId());
    out.writeLong(fanOut.id());
    out.writeLong(fanOut.at());
    out.writeLong(fanOut.readAt());
    out.writeInt(fanOut.part());
    out.writeInt(fanOut.parts());
  }

  /** Reads the result of {@link #writeFanOut}. */
  public static FanOut readFanOut(DataInputView in) throws IOException {
    return new FanOut(
        in.readBoolean() ? FanOut.Kind.PUSH : FanOut.Kind.DROP,
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt());
  }
}
