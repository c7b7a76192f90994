package dev.upswell.feeds.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.redis.RedisKeys;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class OutboxRangeReaderTest {
  @Property
  void outboxKeysOfReaderAndJobAreEqual(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long creatorId) {
    assertThat(OutboxRangeReader.OUTBOXES.of(creatorId)).isEqualTo(RedisKeys.outbox(creatorId));
  }
}
