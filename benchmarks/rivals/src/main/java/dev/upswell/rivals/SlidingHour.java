package dev.upswell.rivals;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.View;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.kafka.EventSource;
import java.time.Duration;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;

/** {@code SlidingEventTimeWindows} of an hour each minute, with an {@code AggregateFunction}. */
final class SlidingHour {
  private SlidingHour() {}

  static void run(StreamExecutionEnvironment env, JobOptions options) throws Exception {
    EventSource.of(env, EventType.VIEWS, options, "sliding")
        .events()
        .keyBy(View::getVideoId, Types.LONG)
        .window(SlidingEventTimeWindows.of(Duration.ofHours(1), Duration.ofMinutes(1)))
        .aggregate(new Count(), Types.LONG, Types.LONG)
        .name("sliding-hour")
        .uid("sliding-hour")
        .sinkTo(new DiscardingSink<>())
        .name("nowhere")
        .uid("nowhere");
    env.execute("sliding");
  }

  /** Number of views. */
  private static final class Count implements AggregateFunction<View, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long createAccumulator() {
      return 0L;
    }

    @Override
    public Long add(View view, Long count) {
      return count + 1;
    }

    @Override
    public Long getResult(Long count) {
      return count;
    }

    @Override
    public Long merge(Long some, Long others) {
      return some + others;
    }
  }
}
