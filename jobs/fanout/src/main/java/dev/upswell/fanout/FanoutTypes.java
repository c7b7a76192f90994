package dev.upswell.fanout;

import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedPush;
import dev.upswell.feeds.audience.Relation;
import dev.upswell.feeds.audience.ViewerChange;
import dev.upswell.runtime.types.SerializedType;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How the values of this job travel between its operators. None of them stands in state. */
final class FanoutTypes {
  static final TypeInformation<ViewerInput> VIEWER_INPUT =
      new SerializedType<>(ViewerInput.class, new ViewerInputs());
  static final TypeInformation<ViewerChange> VIEWER_CHANGE =
      new SerializedType<>(ViewerChange.class, new ViewerChanges());
  static final TypeInformation<AudienceInput> AUDIENCE_INPUT =
      new SerializedType<>(AudienceInput.class, new AudienceInputs());
  static final TypeInformation<FeedPush> FEED_PUSH =
      new SerializedType<>(FeedPush.class, new FeedPushes());
  static final TypeInformation<WarmUpInput> WARM_UP_INPUT =
      new SerializedType<>(WarmUpInput.class, new WarmUpInputs());
  static final TypeInformation<WarmEpoch> WARM_EPOCH =
      new SerializedType<>(WarmEpoch.class, new WarmEpochs());

  private FanoutTypes() {}

  private static final class ViewerInputs extends WireSerializer<ViewerInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ViewerInput input, DataOutputView out) throws IOException {
      if (input instanceof ViewerInput.Started started) {
        out.writeBoolean(true);
        out.writeLong(started.userId());
        out.writeLong(started.at());
      } else if (input instanceof ViewerInput.Related related) {
        Relation relation = related.relation();
        out.writeBoolean(false);
        out.writeLong(relation.userId());
        out.writeLong(relation.otherId());
        out.writeUTF(relation.kind().name());
        out.writeLong(relation.at());
      }
    }

    @Override
    public ViewerInput deserialize(DataInputView in) throws IOException {
      boolean started = in.readBoolean();
      long userId = in.readLong();
      long other = in.readLong();
      return started
          ? new ViewerInput.Started(userId, other)
          : new ViewerInput.Related(
              new Relation(userId, other, Relation.Kind.valueOf(in.readUTF()), in.readLong()));
    }
  }

  private static final class ViewerChanges extends WireSerializer<ViewerChange> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ViewerChange change, DataOutputView out) throws IOException {
      out.writeLong(change.userId());
      out.writeLong(change.following().epoch());
      writeLongs(change.following().followees(), out);
      out.writeBoolean(change.withdrawn());
      writeLongs(change.added(), out);
      writeLongs(change.removed(), out);
    }

    @Override
    public ViewerChange deserialize(DataInputView in) throws IOException {
      return new ViewerChange(
          in.readLong(),
          new Following(in.readLong(), readLongs(in)),
          in.readBoolean(),
          readLongs(in),
          readLongs(in));
    }
  }

  private static final class AudienceInputs extends WireSerializer<AudienceInput> {
    private static final long serialVersionUID = 1L;
    private static final int FAN_OUT = 0;
    private static final int JOINED = 1;
    private static final int LEFT = 2;

    @Override
    public void serialize(AudienceInput input, DataOutputView out) throws IOException {
      if (input instanceof AudienceInput.FanOut fanOut) {
        out.writeByte(FAN_OUT);
        out.writeLong(fanOut.creatorId());
        out.writeLong(fanOut.videoId());
      } else if (input instanceof AudienceInput.Joined joined) {
        out.writeByte(JOINED);
        out.writeLong(joined.creatorId());
        out.writeLong(joined.userId());
        out.writeLong(joined.epoch());
      } else if (input instanceof AudienceInput.Left left) {
        out.writeByte(LEFT);
        out.writeLong(left.creatorId());
        out.writeLong(left.userId());
      }
    }

    @Override
    public AudienceInput deserialize(DataInputView in) throws IOException {
      int kind = in.readByte();
      long creatorId = in.readLong();
      long id = in.readLong();
      return switch (kind) {
        case FAN_OUT -> new AudienceInput.FanOut(creatorId, id);
        case JOINED -> new AudienceInput.Joined(creatorId, id, in.readLong());
        case LEFT -> new AudienceInput.Left(creatorId, id);
        default -> throw new IOException("audience input: " + kind + " (expected: 0..2)");
      };
    }
  }

  private static final class FeedPushes extends WireSerializer<FeedPush> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(FeedPush push, DataOutputView out) throws IOException {
      out.writeLong(push.videoId());
      out.writeLong(push.creatorId());
      writeLongs(push.userIds(), out);
    }

    @Override
    public FeedPush deserialize(DataInputView in) throws IOException {
      return new FeedPush(in.readLong(), in.readLong(), readLongs(in));
    }
  }

  private static final class WarmUpInputs extends WireSerializer<WarmUpInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(WarmUpInput input, DataOutputView out) throws IOException {
      out.writeLong(input.userId());
      out.writeLong(input.epoch());
      // Announcements have at least one edge.
      out.writeInt(input instanceof WarmUpInput.Announced announced ? announced.edges() : 0);
    }

    @Override
    public WarmUpInput deserialize(DataInputView in) throws IOException {
      long userId = in.readLong();
      long epoch = in.readLong();
      int edges = in.readInt();
      return edges > 0
          ? new WarmUpInput.Announced(userId, epoch, edges)
          : new WarmUpInput.Known(userId, epoch);
    }
  }

  private static final class WarmEpochs extends WireSerializer<WarmEpoch> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(WarmEpoch warm, DataOutputView out) throws IOException {
      out.writeLong(warm.userId());
      out.writeLong(warm.epoch());
    }

    @Override
    public WarmEpoch deserialize(DataInputView in) throws IOException {
      return new WarmEpoch(in.readLong(), in.readLong());
    }
  }
}
