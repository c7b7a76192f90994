package dev.upswell.fanout.viewer;

import dev.upswell.contract.events.Follow;
import dev.upswell.feeds.viewer.RelationshipEvent;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Tells each of the two users what a record of {@code follows} means for them. */
public final class RelationshipFunction implements FlatMapFunction<Follow, ViewerInput> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(Follow follow, Collector<ViewerInput> out) {
    for (RelationshipEvent relation : RelationshipEvent.of(follow)) {
      out.collect(new ViewerInput.Related(relation));
    }
  }
}
