package dev.upswell.fanout.outbox;

import dev.upswell.contract.events.Video;
import dev.upswell.feeds.video.VideoChange;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of changes of videos between operators; not used for state. */
public final class OutboxInputSerializer extends WireSerializer<OutboxInput> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(OutboxInput input, DataOutputView out) throws IOException {
    write(input.change(), out);
    out.writeLong(input.readAt());
  }

  @Override
  public OutboxInput deserialize(DataInputView in) throws IOException {
    return new OutboxInput(read(in), in.readLong());
  }

  static void write(VideoChange change, DataOutputView out) throws IOException {
    out.writeLong(change.creatorId());
    out.writeLong(change.publishedAt());
    out.writeUTF(change.kind().name());
    byte[] record = change.record().toByteArray();
    out.writeInt(record.length);
    out.write(record);
  }

  static VideoChange read(DataInputView in) throws IOException {
    long creatorId = in.readLong();
    long publishedAt = in.readLong();
    VideoChange.Kind kind = VideoChange.Kind.valueOf(in.readUTF());
    byte[] record = new byte[in.readInt()];
    in.readFully(record);
    return new VideoChange(creatorId, Video.parseFrom(record), publishedAt, kind);
  }
}
