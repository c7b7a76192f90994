package dev.upswell.fanout.outbox;

import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of the progress of a rebuild between operators; not used for state. */
public final class RebuildProgressSerializer extends WireSerializer<OutboxWrite.Progress> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(OutboxWrite.Progress progress, DataOutputView out) throws IOException {
    out.writeLong(progress.rebuild());
    out.writeBoolean(progress instanceof OutboxWrite.Begun);
    if (progress instanceof OutboxWrite.Begun begun) {
      out.writeInt(begun.perSecond());
      out.writeBoolean(begun.feedsToo());
      out.writeInt(begun.groups());
      out.writeInt(begun.allGroups());
      out.writeLong(begun.creators());
    }
  }

  @Override
  public OutboxWrite.Progress deserialize(DataInputView in) throws IOException {
    long rebuild = in.readLong();
    return in.readBoolean()
        ? new OutboxWrite.Begun(
            rebuild, in.readInt(), in.readBoolean(), in.readInt(), in.readInt(), in.readLong())
        : new OutboxWrite.OneDone(rebuild);
  }
}
