package dev.upswell.fanout.viewer;

import dev.upswell.contract.events.Follow;
import dev.upswell.feeds.viewer.RelationshipEvent;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Converts a record of {@code follows} to one event for each of the two users. */
public final class RelationshipFunction implements FlatMapFunction<Follow, ViewerInput> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(Follow follow, Collector<ViewerInput> out) {
    for (RelationshipEvent relation : RelationshipEvent.of(follow)) {
      out.collect(new ViewerInput.Related(relation));
    }
  }
}
