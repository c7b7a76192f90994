package dev.upswell.fanout.creator;

import dev.upswell.fanout.audience.FeedWriterSettings;
import dev.upswell.fanout.audience.PullRelease;
import dev.upswell.feeds.redis.RedisFeedStoreWriter;
import dev.upswell.redis.RedisConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the pulled mark of creators after a checkpoint contains that the job pushes their videos
 * again. A job restored from an older checkpoint would not push, and readers must still merge.
 */
public final class PullReleaseFunction extends ProcessFunction<PullRelease, Void>
    implements CheckpointedFunction, CheckpointListener {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PullReleaseFunction.class);

  private final FeedWriterSettings target;
  private transient ListState<long[]> state;
  private transient List<PullRelease> waiting;

  /** Number of waiting releases at the start of the last checkpoint. */
  private transient int inCheckpoint;

  private transient RedisConnection redis;

  public PullReleaseFunction(FeedWriterSettings target) {
    this.target = target;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    waiting = new ArrayList<>();
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "releases", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    for (long[] packed : state.get()) {
      waiting.add(new PullRelease(packed[0], packed[1]));
    }
  }

  @Override
  public void open(OpenContext context) {
    redis = RedisConnection.open(target.redis());
  }

  @Override
  public void close() {
    // Flink also closes operators after a failed open.
    if (Objects.nonNull(redis)) {
      redis.close();
    }
  }

  @Override
  public void processElement(PullRelease release, Context context, Collector<Void> out) {
    waiting.add(release);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    inCheckpoint = waiting.size();
    List<long[]> packed = new ArrayList<>();
    waiting.forEach(release -> packed.add(new long[] {release.creatorId(), release.since()}));
    state.update(packed);
  }

  /** Checkpoints do not overlap, so the completed one is the last one that started. */
  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    RedisFeedStoreWriter store = new RedisFeedStoreWriter(redis, target.feeds());
    while (inCheckpoint > 0) {
      PullRelease release = waiting.get(0);
      try {
        store.release(release.creatorId(), release.since()).join();
      } catch (CompletionException e) {
        LOG.warn(
            "failed to release pulled creators, retrying at the next checkpoint: {}", e.toString());
        return;
      }
      waiting.remove(0);
      inCheckpoint--;
    }
  }
}
