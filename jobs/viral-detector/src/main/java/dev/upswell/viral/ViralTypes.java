package dev.upswell.viral;

import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.TierOverview;
import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.TierValue;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.tiers.TierThresholds;
import dev.upswell.runtime.types.ProtobufSerializer;
import dev.upswell.runtime.types.SerializedType;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Type information of the records between operators. */
final class ViralTypes {
  static final TypeInformation<HourlyViews> HOURLY_VIEWS =
      ProtobufSerializer.typeOf(HourlyViews.class);
  static final TypeInformation<Promotion> PROMOTION = ProtobufSerializer.typeOf(Promotion.class);
  static final TypeInformation<TierOverview> OVERVIEW =
      ProtobufSerializer.typeOf(TierOverview.class);
  static final TypeInformation<ViewCount> VIEW_COUNT =
      new SerializedType<>(ViewCount.class, new ViewCounts());
  static final TypeInformation<RollingHourSnapshot> ROLLING_HOUR =
      new SerializedType<>(RollingHourSnapshot.class, new VideoHours());
  static final TypeInformation<MinuteReport> FINDING =
      new SerializedType<>(MinuteReport.class, new Findings());
  static final TypeInformation<TierCriteria> TIER_CRITERIA =
      new SerializedType<>(TierCriteria.class, new StandardsSerializer());
  static final TypeInformation<TierUpdate> TIER_UPDATE =
      new SerializedType<>(TierUpdate.class, new TierNotes());

  private ViralTypes() {}

  private static final class ViewCounts extends WireSerializer<ViewCount> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ViewCount count, DataOutputView out) throws IOException {
      out.writeLong(count.videoId());
      out.writeInt(count.minute());
      out.writeInt(count.views());
      out.writeLong(count.watchMs());
      out.writeShort(count.viewers().length);
      out.write(count.viewers());
      out.writeBoolean(count.late());
    }

    @Override
    public ViewCount deserialize(DataInputView in) throws IOException {
      return new ViewCount(
          in.readLong(),
          in.readInt(),
          in.readInt(),
          in.readLong(),
          readBytes(in),
          in.readBoolean());
    }

    private static byte[] readBytes(DataInputView in) throws IOException {
      byte[] bytes = new byte[in.readUnsignedShort()];
      in.readFully(bytes);
      return bytes;
    }
  }

  private static final class VideoHours extends WireSerializer<RollingHourSnapshot> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(RollingHourSnapshot hour, DataOutputView out) throws IOException {
      out.writeLong(hour.videoId());
      out.writeInt(hour.minute());
      out.writeInt(hour.views());
      out.writeDouble(hour.distinctShare());
      writeInts(hour.firstMinutes(), out);
      out.writeBoolean(hour.hidden());
    }

    @Override
    public RollingHourSnapshot deserialize(DataInputView in) throws IOException {
      return new RollingHourSnapshot(
          in.readLong(),
          in.readInt(),
          in.readInt(),
          in.readDouble(),
          readInts(in),
          in.readBoolean());
    }
  }

  private static final class Findings extends WireSerializer<MinuteReport> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(MinuteReport finding, DataOutputView out) throws IOException {
      out.writeInt(finding.minute());
      if (finding instanceof MinuteReport.Counts counts) {
        out.writeBoolean(true);
        writeInts(counts.changes(), out);
      } else if (finding instanceof MinuteReport.FirstHour video) {
        out.writeBoolean(false);
        out.writeLong(video.videoId());
        writeInts(video.firstHour(), out);
      }
    }

    @Override
    public MinuteReport deserialize(DataInputView in) throws IOException {
      int minute = in.readInt();
      return in.readBoolean()
          ? new MinuteReport.Counts(minute, readInts(in))
          : new MinuteReport.FirstHour(minute, in.readLong(), readInts(in));
    }
  }

  private static final class StandardsSerializer extends WireSerializer<TierCriteria> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(TierCriteria emitted, DataOutputView out) throws IOException {
      out.writeInt(emitted.thresholds().minute());
      out.writeInt(emitted.thresholds().edgeFrom());
      out.writeInt(emitted.thresholds().regionalFrom());
      out.writeInt(emitted.thresholds().active());
      out.writeInt(emitted.model().length);
      for (double number : emitted.model()) {
        out.writeDouble(number);
      }
    }

    @Override
    public TierCriteria deserialize(DataInputView in) throws IOException {
      TierThresholds thresholds =
          new TierThresholds(in.readInt(), in.readInt(), in.readInt(), in.readInt());
      double[] model = new double[in.readInt()];
      for (int i = 0; i < model.length; i++) {
        model[i] = in.readDouble();
      }
      return new TierCriteria(thresholds, model);
    }
  }

  private static final class TierNotes extends WireSerializer<TierUpdate> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(TierUpdate update, DataOutputView out) throws IOException {
      out.writeLong(update.videoId());
      if (update instanceof TierUpdate.ActiveVideo active) {
        out.writeBoolean(true);
        write(active.views().toBytes(), out);
      } else if (update instanceof TierUpdate.Assigned placed) {
        out.writeBoolean(false);
        write(placed.assignment().toBytes(), out);
      }
    }

    @Override
    public TierUpdate deserialize(DataInputView in) throws IOException {
      long videoId = in.readLong();
      return in.readBoolean()
          ? new TierUpdate.ActiveVideo(videoId, RecentViewsValue.fromBytes(read(in)))
          : new TierUpdate.Assigned(videoId, TierValue.fromBytes(read(in)));
    }

    private static void write(byte[] packed, DataOutputView out) throws IOException {
      out.writeByte(packed.length);
      out.write(packed);
    }

    private static byte[] read(DataInputView in) throws IOException {
      byte[] packed = new byte[in.readUnsignedByte()];
      in.readFully(packed);
      return packed;
    }
  }

  private static void writeInts(int[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  private static int[] readInts(DataInputView in) throws IOException {
    int[] values = new int[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }
}
