package dev.upswell.fanout.outbox;

import dev.upswell.feeds.video.OutboxChange;
import dev.upswell.feeds.video.VideoChange;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of writes to outboxes between operators; not used for state. */
public final class OutboxWriteSerializer extends WireSerializer<OutboxWrite> {
  private static final long serialVersionUID = 1L;

  private final RebuildProgressSerializer progress = new RebuildProgressSerializer();

  @Override
  public void serialize(OutboxWrite write, DataOutputView out) throws IOException {
    out.writeBoolean(write instanceof OutboxWrite.OfVideo);
    if (write instanceof OutboxWrite.OfVideo ofVideo) {
      OutboxInputSerializer.write(ofVideo.write().video(), out);
      writeIds(ofVideo.write().outbox().added(), out);
      writeIds(ofVideo.write().outbox().removed(), out);
      out.writeLong(ofVideo.readAt());
    } else if (write instanceof OutboxWrite.Progress made) {
      progress.serialize(made, out);
    }
  }

  @Override
  public OutboxWrite deserialize(DataInputView in) throws IOException {
    if (!in.readBoolean()) {
      return progress.deserialize(in);
    }
    VideoChange video = OutboxInputSerializer.read(in);
    OutboxChange outbox = new OutboxChange(readIds(in), readIds(in));
    return new OutboxWrite.OfVideo(new VideoWrite(video, outbox), in.readLong());
  }

  private static void writeIds(long[] ids, DataOutputView out) throws IOException {
    out.writeInt(ids.length);
    for (long id : ids) {
      out.writeLong(id);
    }
  }

  private static long[] readIds(DataInputView in) throws IOException {
    long[] ids = new long[in.readInt()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.readLong();
    }
    return ids;
  }
}
