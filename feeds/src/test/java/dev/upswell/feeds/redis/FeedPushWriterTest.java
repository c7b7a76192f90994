package dev.upswell.feeds.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.redis.RedisKeys;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class FeedPushWriterTest {
  @Property
  void pushesUseTheKeysOfReaders(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long userId) {
    assertThat(FeedPushWriter.FEEDS.of(userId)).isEqualTo(RedisKeys.feed(userId));
  }
}
