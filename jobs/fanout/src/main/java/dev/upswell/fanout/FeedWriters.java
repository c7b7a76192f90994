package dev.upswell.fanout;

import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedPush;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.audience.ViewerChange;
import dev.upswell.feeds.redis.FeedCommands;
import dev.upswell.redis.RedisBatch;
import dev.upswell.redis.RedisReply;
import dev.upswell.runtime.redis.RedisWrites.AfterWrite;
import java.io.Serializable;
import java.util.List;

/** What the four writers of the pipeline write. */
record FeedWriters(FeedCommands commands) implements Serializable {
  FeedWriters(FeedSettings settings) {
    this(new FeedCommands(settings));
  }

  AfterWrite video(Video video, RedisBatch batch) {
    if (video.getType() == Video.Type.REMOVED) {
      commands.remove(batch, video);
    } else {
      commands.publish(batch, video);
    }
    return AfterWrite.NOTHING;
  }

  AfterWrite following(ViewerChange change, RedisBatch batch) {
    if (change.withdrawn()) {
      commands.withdraw(batch, change.userId(), change.following());
    } else {
      commands.follow(batch, change.userId(), change.following());
    }
    return AfterWrite.NOTHING;
  }

  AfterWrite push(FeedPush push, RedisBatch batch) {
    List<RedisReply<Long>> lengths = commands.push(batch, push);
    return redis -> {
      // Nobody waits for it: a feed that stays too long is found again by the next push.
      var unused = redis.send(commands.overgrown(push, lengths));
    };
  }

  AfterWrite warm(WarmEpoch warm, RedisBatch batch) {
    commands.confirm(batch, warm.userId(), warm.epoch());
    return AfterWrite.NOTHING;
  }
}
