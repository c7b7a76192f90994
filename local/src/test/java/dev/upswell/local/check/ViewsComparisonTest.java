package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.View;
import dev.upswell.local.stack.Stack;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class ViewsComparisonTest {
  @Test
  void fillersAdvanceTimeInEachPartition() {
    assertThat(
            LongStream.rangeClosed(1, ViewsComparison.CLOCKS)
                .mapToObj(viewer -> View.newBuilder().setViewerId(viewer).build())
                .map(EventType.VIEWS::keyBytes)
                .map(key -> BuiltInPartitioner.partitionForKey(key, Stack.PARTITIONS))
                .distinct())
        .hasSize(Stack.PARTITIONS);
  }
}
