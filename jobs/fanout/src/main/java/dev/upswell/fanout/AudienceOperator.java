package dev.upswell.fanout;

import dev.upswell.feeds.FeedPush;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Holds the followers of a creator who may be pushed to, and sends a video to all of them. */
final class AudienceOperator extends KeyedProcessFunction<Long, AudienceInput, FeedPush> {
  private static final long serialVersionUID = 1L;

  /** Followers in one push: small enough for a batch to be answered within milliseconds. */
  private static final int CHUNK = 256;

  static final OutputTag<WarmUpInput> EDGES_KNOWN =
      new OutputTag<>("edges-known", FanoutTypes.WARM_UP_INPUT);

  private transient MapState<Long, Boolean> followers;
  private transient Counter pushes;

  @Override
  public void open(OpenContext context) {
    followers =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("followers", Types.LONG, Types.BOOLEAN));
    pushes = getRuntimeContext().getMetricGroup().counter("pushes");
  }

  @Override
  public void processElement(AudienceInput input, Context context, Collector<FeedPush> out)
      throws Exception {
    if (input instanceof AudienceInput.FanOut fanOut) {
      fanOut(fanOut, out);
    } else if (input instanceof AudienceInput.Joined joined) {
      followers.put(joined.userId(), true);
      context.output(EDGES_KNOWN, new WarmUpInput.Known(joined.userId(), joined.epoch()));
    } else if (input instanceof AudienceInput.Left left) {
      followers.remove(left.userId());
    }
  }

  private void fanOut(AudienceInput.FanOut fanOut, Collector<FeedPush> out) throws Exception {
    long[] chunk = new long[CHUNK];
    int size = 0;
    for (long follower : followers.keys()) {
      chunk[size++] = follower;
      if (size == CHUNK) {
        push(fanOut, chunk, out);
        chunk = new long[CHUNK];
        size = 0;
      }
    }
    if (size > 0) {
      push(fanOut, Arrays.copyOf(chunk, size), out);
    }
  }

  private void push(AudienceInput.FanOut fanOut, long[] users, Collector<FeedPush> out) {
    pushes.inc(users.length);
    out.collect(new FeedPush(fanOut.videoId(), fanOut.creatorId(), users));
  }
}
