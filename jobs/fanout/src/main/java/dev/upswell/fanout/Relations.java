package dev.upswell.fanout;

import dev.upswell.contract.events.Follow;
import dev.upswell.feeds.audience.Relation;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Tells each of the two users what a record of {@code follows} means for them. */
final class Relations implements FlatMapFunction<Follow, ViewerInput> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(Follow follow, Collector<ViewerInput> out) {
    for (Relation relation : Relation.of(follow)) {
      out.collect(new ViewerInput.Related(relation));
    }
  }
}
