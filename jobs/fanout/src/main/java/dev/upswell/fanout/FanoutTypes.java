package dev.upswell.fanout;

import dev.upswell.fanout.acknowledgement.EdgeAcknowledgementInput;
import dev.upswell.fanout.acknowledgement.WarmEpoch;
import dev.upswell.fanout.audience.AudienceInput;
import dev.upswell.fanout.audience.AudienceInputSerializer;
import dev.upswell.fanout.audience.PullRelease;
import dev.upswell.fanout.creator.CreatorInput;
import dev.upswell.fanout.outbox.OutboxInput;
import dev.upswell.fanout.outbox.OutboxInputSerializer;
import dev.upswell.fanout.outbox.OutboxWrite;
import dev.upswell.fanout.outbox.OutboxWriteSerializer;
import dev.upswell.fanout.outbox.RebuildProgressSerializer;
import dev.upswell.fanout.viewer.ViewerChangeSerializer;
import dev.upswell.fanout.viewer.ViewerInput;
import dev.upswell.feeds.audience.DeliveryPart;
import dev.upswell.feeds.audience.LatencyHistogram;
import dev.upswell.feeds.viewer.RelationshipEvent;
import dev.upswell.feeds.viewer.ViewerChange;
import dev.upswell.runtime.types.SerializedType;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Type information of the records between operators. No serializer of this class is used for state.
 */
public final class FanoutTypes {
  static final TypeInformation<ViewerInput> VIEWER_INPUT =
      new SerializedType<>(ViewerInput.class, new ViewerInputs());
  static final TypeInformation<ViewerChange> VIEWER_CHANGE =
      new SerializedType<>(ViewerChange.class, new ViewerChangeSerializer());
  static final TypeInformation<AudienceInput> AUDIENCE_INPUT =
      new SerializedType<>(AudienceInput.class, new AudienceInputSerializer());
  static final TypeInformation<CreatorInput> CREATOR_INPUT =
      new SerializedType<>(CreatorInput.class, new CreatorInputs());
  public static final TypeInformation<DeliveryPart> DELIVERY_PART =
      new SerializedType<>(DeliveryPart.class, new DeliveryParts());
  static final TypeInformation<OutboxInput> OUTBOX_INPUT =
      new SerializedType<>(OutboxInput.class, new OutboxInputSerializer());
  public static final TypeInformation<OutboxWrite> OUTBOX_WRITE =
      new SerializedType<>(OutboxWrite.class, new OutboxWriteSerializer());
  public static final TypeInformation<OutboxWrite.Progress> REBUILD_PROGRESS =
      new SerializedType<>(OutboxWrite.Progress.class, new RebuildProgressSerializer());
  public static final TypeInformation<LatencyHistogram> LATENCIES =
      new SerializedType<>(LatencyHistogram.class, new Latencies());
  public static final TypeInformation<PullRelease> RELEASE =
      new SerializedType<>(PullRelease.class, new Releases());
  public static final TypeInformation<EdgeAcknowledgementInput> ACKNOWLEDGEMENT_INPUT =
      new SerializedType<>(EdgeAcknowledgementInput.class, new AcknowledgementInputs());
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
        RelationshipEvent relation = related.relation();
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
              new RelationshipEvent(
                  userId, other, RelationshipEvent.Kind.valueOf(in.readUTF()), in.readLong()));
    }
  }

  private static final class CreatorInputs extends WireSerializer<CreatorInput> {
    private static final long serialVersionUID = 1L;
    private static final int PUBLISHED = 0;
    private static final int COUNTED = 1;
    private static final int JOINED = 2;
    private static final int LEFT = 3;

    @Override
    public void serialize(CreatorInput input, DataOutputView out) throws IOException {
      out.writeLong(input.creatorId());
      if (input instanceof CreatorInput.Published published) {
        out.writeByte(PUBLISHED);
        out.writeLong(published.videoId());
        out.writeLong(published.at());
        out.writeLong(published.readAt());
      } else if (input instanceof CreatorInput.Counted counted) {
        out.writeByte(COUNTED);
        out.writeInt(counted.change());
      } else if (input instanceof CreatorInput.Joined joined) {
        out.writeByte(JOINED);
        out.writeLong(joined.userId());
        out.writeLong(joined.epoch());
      } else if (input instanceof CreatorInput.Left left) {
        out.writeByte(LEFT);
        out.writeLong(left.userId());
      }
    }

    @Override
    public CreatorInput deserialize(DataInputView in) throws IOException {
      long creatorId = in.readLong();
      int kind = in.readByte();
      return switch (kind) {
        case PUBLISHED ->
            new CreatorInput.Published(creatorId, in.readLong(), in.readLong(), in.readLong());
        case COUNTED -> new CreatorInput.Counted(creatorId, in.readInt());
        case JOINED -> new CreatorInput.Joined(creatorId, in.readLong(), in.readLong());
        case LEFT -> new CreatorInput.Left(creatorId, in.readLong());
        default -> throw new IOException("creator input: " + kind + " (expected: 0..3)");
      };
    }
  }

  private static final class DeliveryParts extends WireSerializer<DeliveryPart> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(DeliveryPart part, DataOutputView out) throws IOException {
      AudienceInputSerializer.writeFanOut(part.fanOut(), out);
      out.writeLong(part.planned());
      out.writeLong(part.pushed());
      out.writeLong(part.cold());
      out.writeLong(part.left());
      out.writeLong(part.pulled());
      writeLongs(part.lags().toLongs(), out);
    }

    @Override
    public DeliveryPart deserialize(DataInputView in) throws IOException {
      return new DeliveryPart(
          AudienceInputSerializer.readFanOut(in),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          LatencyHistogram.fromLongs(readLongs(in)));
    }
  }

  private static final class Latencies extends WireSerializer<LatencyHistogram> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(LatencyHistogram lags, DataOutputView out) throws IOException {
      writeLongs(lags.toLongs(), out);
    }

    @Override
    public LatencyHistogram deserialize(DataInputView in) throws IOException {
      return LatencyHistogram.fromLongs(readLongs(in));
    }
  }

  private static final class Releases extends WireSerializer<PullRelease> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(PullRelease release, DataOutputView out) throws IOException {
      out.writeLong(release.creatorId());
      out.writeLong(release.since());
    }

    @Override
    public PullRelease deserialize(DataInputView in) throws IOException {
      return new PullRelease(in.readLong(), in.readLong());
    }
  }

  private static final class AcknowledgementInputs
      extends WireSerializer<EdgeAcknowledgementInput> {
    private static final long serialVersionUID = 1L;

    /** Replaces the number of edges in the encoding of an acknowledgement. */
    private static final int ACKNOWLEDGED = -1;

    @Override
    public void serialize(EdgeAcknowledgementInput input, DataOutputView out) throws IOException {
      out.writeLong(input.userId());
      out.writeLong(input.epoch());
      out.writeInt(
          input instanceof EdgeAcknowledgementInput.Announced announced
              ? announced.edges()
              : ACKNOWLEDGED);
    }

    @Override
    public EdgeAcknowledgementInput deserialize(DataInputView in) throws IOException {
      long userId = in.readLong();
      long epoch = in.readLong();
      int edges = in.readInt();
      return edges != ACKNOWLEDGED
          ? new EdgeAcknowledgementInput.Announced(userId, epoch, edges)
          : new EdgeAcknowledgementInput.Acknowledged(userId, epoch);
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
