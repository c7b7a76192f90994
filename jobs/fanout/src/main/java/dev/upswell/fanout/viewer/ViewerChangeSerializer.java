package dev.upswell.fanout.viewer;

import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import dev.upswell.feeds.viewer.ViewerChange;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes changes of viewers between operators. */
public final class ViewerChangeSerializer extends WireSerializer<ViewerChange> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(ViewerChange change, DataOutputView out) throws IOException {
    out.writeLong(change.userId());
    out.writeLong(change.following().epoch());
    writeLongs(change.following().followees(), out);
    out.writeBoolean(change.withdrawn());
    writeLongs(change.added(), out);
    writeLongs(change.removed(), out);
    out.writeBoolean(change.tombstone().isPresent());
    if (change.tombstone().isPresent()) {
      RelationshipTombstone tombstone = change.tombstone().get();
      out.writeLong(tombstone.creatorId());
      out.writeBoolean(tombstone.together());
      out.writeLong(tombstone.unfollowAt());
      out.writeLong(tombstone.blockAt());
      out.writeLong(tombstone.blockedAt());
    }
    writeLongs(change.gained(), out);
    writeLongs(change.lost(), out);
    out.writeBoolean(change.allAcknowledged());
  }

  @Override
  public ViewerChange deserialize(DataInputView in) throws IOException {
    return new ViewerChange(
        in.readLong(),
        new Following(in.readLong(), readLongs(in)),
        in.readBoolean(),
        readLongs(in),
        readLongs(in),
        in.readBoolean() ? Optional.of(readTombstone(in)) : Optional.empty(),
        readLongs(in),
        readLongs(in),
        in.readBoolean());
  }

  private static RelationshipTombstone readTombstone(DataInputView in) throws IOException {
    return new RelationshipTombstone(
        in.readLong(), in.readBoolean(), in.readLong(), in.readLong(), in.readLong());
  }
}
