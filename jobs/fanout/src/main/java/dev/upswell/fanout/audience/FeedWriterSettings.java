package dev.upswell.fanout.audience;

import dev.upswell.feeds.FeedOptions;
import dev.upswell.redis.RedisOptions;
import dev.upswell.runtime.redis.RedisWriteSettings;
import java.io.Serializable;

/** Settings of the operators that write feeds. */
public record FeedWriterSettings(RedisOptions redis, RedisWriteSettings writes, FeedOptions feeds)
    implements Serializable {}
