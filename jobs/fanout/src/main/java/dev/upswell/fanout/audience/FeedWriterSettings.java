package dev.upswell.fanout.audience;

import dev.upswell.feeds.FeedSettings;
import dev.upswell.redis.RedisSettings;
import dev.upswell.runtime.redis.RedisWriteSettings;
import java.io.Serializable;

/** Where operators write feeds, and how. */
public record FeedWriterSettings(RedisSettings redis, RedisWriteSettings writes, FeedSettings feeds)
    implements Serializable {}
