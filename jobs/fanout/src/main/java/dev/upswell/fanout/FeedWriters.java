package dev.upswell.fanout;

import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.audience.Parting;
import dev.upswell.feeds.audience.ViewerChange;
import dev.upswell.feeds.redis.FeedCommands;
import dev.upswell.redis.RedisBatch;
import dev.upswell.runtime.redis.RedisWrites.AfterWrite;
import java.io.Serializable;
import java.util.Optional;

/** What the writers of the pipeline write, but for feeds. */
record FeedWriters(FeedCommands commands) implements Serializable {
  FeedWriters(FeedSettings settings) {
    this(new FeedCommands(settings));
  }

  AfterWrite video(OutboxWrite write, RedisBatch batch) {
    if (!(write instanceof OutboxWrite.OfVideo written)) {
      return AfterWrite.NOTHING;
    }
    Video video = written.video();
    if (video.getType() == Video.Type.REMOVED) {
      commands.remove(batch, video);
    } else {
      commands.publish(batch, video);
    }
    return AfterWrite.NOTHING;
  }

  AfterWrite following(ViewerChange change, RedisBatch batch) {
    Optional<Parting> parting = change.parting();
    // What parts them first, what brings them together last: never is too much allowed.
    parting
        .filter(said -> !said.together())
        .ifPresent(said -> commands.say(batch, change.userId(), said));
    if (change.withdrawn()) {
      commands.withdraw(batch, change.userId(), change.following());
    } else {
      commands.follow(batch, change.userId(), change.following());
    }
    parting.filter(Parting::together).ifPresent(said -> commands.say(batch, change.userId(), said));
    return AfterWrite.NOTHING;
  }

  AfterWrite warm(WarmEpoch warm, RedisBatch batch) {
    commands.confirm(batch, warm.userId(), warm.epoch());
    return AfterWrite.NOTHING;
  }
}
