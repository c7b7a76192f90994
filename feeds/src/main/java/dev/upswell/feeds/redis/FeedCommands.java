package dev.upswell.feeds.redis;

import static io.lettuce.core.protocol.CommandType.EVAL;
import static io.lettuce.core.protocol.CommandType.HSET;
import static io.lettuce.core.protocol.CommandType.ZADD;
import static io.lettuce.core.protocol.CommandType.ZREM;
import static io.lettuce.core.protocol.CommandType.ZREMRANGEBYRANK;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.VideoFields;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.video.VideoChange;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import dev.upswell.redis.pipeline.Pipeline;
import io.lettuce.core.protocol.CommandArgs;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * The job's writes but for pushes, as Redis commands, added to a batch. Every one of them may be
 * repeated. Thread-safe.
 */
public final class FeedCommands implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeedOptions settings;

  /** Commands for these settings. */
  public FeedCommands(FeedOptions settings) {
    this.settings = settings;
  }

  /**
   * Writes a video's data or removal, then its creator's outbox.
   *
   * <p>The score is the time in the id, and ties are ordered by the big-endian member. So the
   * outbox is ordered by id, whatever the records contain. An older video enters the outbox before
   * a hidden one leaves it, because readers take an outbox that is not full for a complete one.
   */
  public void write(Pipeline batch, VideoWrite write) {
    VideoChange video = write.video();
    switch (video.kind()) {
      case SHOWN, UPDATED, HIDDEN -> data(batch, video);
      case REMOVED -> removal(batch, video);
      case LOST -> {}
    }
    byte[] outbox = RedisKeys.outbox(video.creatorId());
    long[] added = write.outbox().added();
    if (added.length > 0) {
      CommandArgs<byte[], byte[]> args = Pipeline.args().addKey(outbox);
      for (long id : added) {
        args.add(VideoIds.millisOf(id)).addValue(packed(id));
      }
      batch.integer(ZADD, args);
    }
    for (long id : write.outbox().removed()) {
      batch.integer(ZREM, Pipeline.args().addKey(outbox).addValue(packed(id)));
    }
    batch.integer(
        ZREMRANGEBYRANK, Pipeline.args().addKey(outbox).add(0).add(-1 - settings.outboxEntries()));
  }

  private void data(Pipeline batch, VideoChange change) {
    Video video = change.record();
    batch.integer(
        EVAL,
        Pipeline.args()
            .add(FeedScripts.WRITE_VIDEO)
            .add(1)
            .addKey(RedisKeys.video(video.getVideoId()))
            .add(settings.videoTtl().toSeconds())
            .add(video.getAt())
            .add(change.creatorId())
            .add(change.publishedAt())
            .add(VideoFields.VISIBILITY)
            .add(VideoState.visibilityOf(video).name())
            .add(VideoFields.DURATION_MS)
            .add(video.getDurationMs())
            .add(VideoFields.CATEGORY)
            .add(video.getCategory())
            .add(VideoFields.HASHTAGS)
            .add(String.join(",", video.getHashtagsList()))
            .add(VideoFields.LANGUAGE)
            .add(video.getLanguage())
            .add(VideoFields.REGION)
            .add(video.getRegion()));
  }

  private void removal(Pipeline batch, VideoChange change) {
    byte[] key = RedisKeys.video(change.videoId());
    CommandArgs<byte[], byte[]> args =
        Pipeline.args().addKey(key).add(VideoFields.REMOVED).add(change.record().getAt());
    batch.integer(HSET, args);
    batch.expire(key, settings.videoTtl());
  }

  /** Writes the following of a user. */
  public void follow(Pipeline batch, long userId, Following following) {
    batch.set(RedisKeys.following(userId), following.toBytes());
  }

  /** Writes a tombstone; a later one in Redis stays. */
  public void writeTombstone(Pipeline batch, long userId, RelationshipTombstone tombstone) {
    byte[] key = RedisKeys.tombstones(userId);
    long[] times = {tombstone.unfollowAt(), tombstone.blockAt(), tombstone.blockedAt()};
    for (int kind = 0; kind < times.length; kind++) {
      if (times[kind] == 0) {
        // Time 0: no tombstone to write or remove.
        continue;
      }
      byte[] member =
          ByteBuffer.allocate(Long.BYTES + 1)
              .putLong(tombstone.creatorId())
              .put((byte) kind)
              .array();
      if (tombstone.together()) {
        batch.integer(
            EVAL,
            Pipeline.args()
                .add(FeedScripts.REMOVE_UP_TO)
                .add(1)
                .addKey(key)
                .add(times[kind])
                .addValue(member));
      } else {
        batch.integer(
            ZADD, Pipeline.args().addKey(key).add("GT").add(times[kind]).addValue(member));
        batch.expire(key, settings.tombstoneTtl());
      }
    }
  }

  /** Writes the following of a user and deletes the feed. */
  public void withdraw(Pipeline batch, long userId, Following following) {
    follow(batch, userId, following);
    batch.del(RedisKeys.feed(userId));
    batch.del(RedisKeys.warm(userId));
  }

  /** Marks a creator as pulled. */
  public void pull(Pipeline batch, long creatorId, long since) {
    batch.integer(
        ZADD,
        Pipeline.args().addKey(RedisKeys.creatorsPulled()).add(since).addValue(packed(creatorId)));
  }

  /** Removes the mark, unless a newer one exists. */
  public void release(Pipeline batch, long creatorId, long since) {
    batch.integer(
        EVAL,
        Pipeline.args()
            .add(FeedScripts.RELEASE)
            .add(1)
            .addKey(RedisKeys.creatorsPulled())
            .add(since)
            .addValue(packed(creatorId)));
  }

  /** Deletes the feed, then writes the warm epoch. */
  public void confirm(Pipeline batch, long userId, long epoch) {
    batch.del(RedisKeys.feed(userId));
    batch.set(RedisKeys.warm(userId), packed(epoch));
  }

  static byte[] packed(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
