package dev.upswell.fanout;

import dev.upswell.fanout.acknowledgement.WarmEpoch;
import dev.upswell.fanout.outbox.OutboxWrite;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.redis.FeedCommands;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import dev.upswell.feeds.viewer.ViewerChange;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.runtime.redis.RedisCommandEncoder.AfterWrite;
import java.io.Serializable;
import java.util.Optional;

/** Redis commands of the job, except pushes. */
record FanoutCommands(FeedCommands commands) implements Serializable {
  FanoutCommands(FeedOptions settings) {
    this(new FeedCommands(settings));
  }

  AfterWrite video(OutboxWrite write, Pipeline batch) {
    if (write instanceof OutboxWrite.OfVideo written) {
      commands.write(batch, written.write());
    }
    return AfterWrite.NOTHING;
  }

  AfterWrite following(ViewerChange change, Pipeline batch) {
    Optional<RelationshipTombstone> tombstone = change.tombstone();
    // The tombstone precedes the following for a separation, and follows it otherwise, so that no
    // intermediate state shows too much.
    tombstone
        .filter(written -> !written.together())
        .ifPresent(written -> commands.writeTombstone(batch, change.userId(), written));
    if (change.withdrawn()) {
      commands.withdraw(batch, change.userId(), change.following());
    } else {
      commands.follow(batch, change.userId(), change.following());
    }
    tombstone
        .filter(RelationshipTombstone::together)
        .ifPresent(written -> commands.writeTombstone(batch, change.userId(), written));
    return AfterWrite.NOTHING;
  }

  AfterWrite warm(WarmEpoch warm, Pipeline batch) {
    commands.confirm(batch, warm.userId(), warm.epoch());
    return AfterWrite.NOTHING;
  }
}
