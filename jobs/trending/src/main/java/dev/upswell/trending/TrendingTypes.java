package dev.upswell.trending;

import dev.upswell.contract.events.TrendingList;
import dev.upswell.popularity.trending.Candidate;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.VideoMetadata;
import dev.upswell.runtime.types.ProtobufSerializer;
import dev.upswell.runtime.types.SerializedType;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Type information of the records between operators. */
final class TrendingTypes {
  static final TypeInformation<TrendingList> TRENDING_LIST =
      ProtobufSerializer.typeOf(TrendingList.class);
  static final TypeInformation<Contribution> CONTRIBUTION =
      new SerializedType<>(Contribution.class, new Contributions());
  static final TypeInformation<TrendCount> TREND_COUNT =
      new SerializedType<>(TrendCount.class, new TrendCounts());
  static final TypeInformation<VideoUpdate> VIDEO_UPDATE =
      new SerializedType<>(VideoUpdate.class, new VideoUpdateSerializer());
  static final TypeInformation<HiddenVideo> HIDDEN_VIDEO =
      new SerializedType<>(HiddenVideo.class, new HiddenVideos());
  static final TypeInformation<ScopeLists> SCOPE_LISTS =
      new SerializedType<>(ScopeLists.class, new ScopeListsSerializer());

  private TrendingTypes() {}

  /** Used only where operator chaining is disabled. */
  private static final class Contributions extends WireSerializer<Contribution> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Contribution added, DataOutputView out) throws IOException {
      out.writeLong(added.videoId);
      out.writeInt(added.slot);
      out.writeInt(added.age);
      out.writeInt(added.origin);
      out.writeInt(added.weight);
      out.writeInt(added.views);
      out.writeInt(added.viewers);
      out.writeInt(added.engagement);
      out.writeInt(added.reports);
    }

    @Override
    public Contribution deserialize(DataInputView in) throws IOException {
      Contribution added = new Contribution();
      added.videoId = in.readLong();
      added.slot = in.readInt();
      added.age = in.readInt();
      added.origin = in.readInt();
      added.weight = in.readInt();
      added.views = in.readInt();
      added.viewers = in.readInt();
      added.engagement = in.readInt();
      added.reports = in.readInt();
      return added;
    }
  }

  private static final class TrendCounts extends WireSerializer<TrendCount> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(TrendCount count, DataOutputView out) throws IOException {
      write(count, out);
    }

    @Override
    public TrendCount deserialize(DataInputView in) throws IOException {
      return read(in);
    }

    static void write(TrendCount count, DataOutputView out) throws IOException {
      out.writeLong(count.videoId());
      out.writeInt(count.slot());
      out.writeInt(count.age());
      out.writeInt(count.origin());
      out.writeInt(count.weight());
      out.writeInt(count.views());
      out.writeInt(count.viewers());
      out.writeInt(count.engagement());
      out.writeInt(count.reports());
    }

    static TrendCount read(DataInputView in) throws IOException {
      return new TrendCount(
          in.readLong(),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readInt());
    }
  }

  private static final class HiddenVideos extends WireSerializer<HiddenVideo> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(HiddenVideo hidden, DataOutputView out) throws IOException {
      out.writeLong(hidden.videoId());
      out.writeInt(hidden.slot());
    }

    @Override
    public HiddenVideo deserialize(DataInputView in) throws IOException {
      return new HiddenVideo(in.readLong(), in.readInt());
    }
  }

  private static final class VideoUpdateSerializer extends WireSerializer<VideoUpdate> {
    private static final long serialVersionUID = 1L;

    private static final int COUNTED = 0;
    private static final int CHANGED = 1;
    private static final int MOVED = 2;

    @Override
    public void serialize(VideoUpdate update, DataOutputView out) throws IOException {
      if (update instanceof VideoUpdate.Counted counted) {
        out.writeByte(COUNTED);
        write(counted.metadata(), out);
        TrendCounts.write(counted.count(), out);
      } else if (update instanceof VideoUpdate.Changed changed) {
        out.writeByte(CHANGED);
        write(changed.metadata(), out);
        out.writeLong(changed.videoId());
        out.writeInt(changed.pending().size());
        for (TrendCount count : changed.pending()) {
          TrendCounts.write(count, out);
        }
      } else {
        out.writeByte(MOVED);
        out.writeLong(update.creatorId());
        out.writeLong(update.videoId());
      }
    }

    private static void write(VideoMetadata metadata, DataOutputView out) throws IOException {
      out.writeLong(metadata.creatorId());
      out.writeUTF(metadata.category());
      out.writeBoolean(metadata.hidden());
    }

    @Override
    public VideoUpdate deserialize(DataInputView in) throws IOException {
      int kind = in.readByte();
      if (kind == COUNTED) {
        return new VideoUpdate.Counted(metadata(in), TrendCounts.read(in));
      }
      if (kind == MOVED) {
        return new VideoUpdate.Moved(in.readLong(), in.readLong());
      }
      VideoMetadata metadata = metadata(in);
      long videoId = in.readLong();
      int size = in.readInt();
      List<TrendCount> pending = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        pending.add(TrendCounts.read(in));
      }
      return new VideoUpdate.Changed(metadata, videoId, pending);
    }

    private static VideoMetadata metadata(DataInputView in) throws IOException {
      return new VideoMetadata(in.readLong(), in.readUTF(), in.readBoolean());
    }
  }

  private static final class ScopeListsSerializer extends WireSerializer<ScopeLists> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ScopeLists lists, DataOutputView out) throws IOException {
      out.writeUTF(lists.scope());
      out.writeInt(lists.slot());
      out.writeBoolean(lists.ofOneCategory());
      write(lists.rising(), out);
      write(lists.top(), out);
    }

    private static void write(List<Candidate> list, DataOutputView out) throws IOException {
      out.writeInt(list.size());
      for (Candidate candidate : list) {
        out.writeLong(candidate.videoId());
        out.writeLong(candidate.creatorId());
        out.writeUTF(candidate.category());
        out.writeDouble(candidate.score());
        out.writeDouble(candidate.engagement());
        out.writeDouble(candidate.baseline());
        out.writeDouble(candidate.variance());
        out.writeDouble(candidate.views());
        out.writeDouble(candidate.viewers());
        out.writeInt(candidate.touched());
      }
    }

    @Override
    public ScopeLists deserialize(DataInputView in) throws IOException {
      return new ScopeLists(in.readUTF(), in.readInt(), in.readBoolean(), read(in), read(in));
    }

    private static List<Candidate> read(DataInputView in) throws IOException {
      int size = in.readInt();
      List<Candidate> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        list.add(
            new Candidate(
                in.readLong(),
                in.readLong(),
                in.readUTF(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readInt()));
      }
      return list;
    }
  }
}
