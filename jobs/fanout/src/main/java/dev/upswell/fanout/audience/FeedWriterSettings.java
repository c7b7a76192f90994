package dev.upswell.fanout.audience;

import dev.upswell.feeds.FeedSettings;
import dev.upswell.redis.RedisSettings;
import dev.upswell.runtime.redis.RedisWriteSettings;
import java.io.Serializable;

/** Settings of the operators that write feeds. */
public record FeedWriterSettings(RedisSettings redis, RedisWriteSettings writes, FeedSettings feeds)
    implements Serializable {}
