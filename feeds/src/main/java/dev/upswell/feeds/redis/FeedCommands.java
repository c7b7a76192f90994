package dev.upswell.feeds.redis;

import static io.lettuce.core.protocol.CommandType.EVAL;
import static io.lettuce.core.protocol.CommandType.HSET;
import static io.lettuce.core.protocol.CommandType.ZADD;
import static io.lettuce.core.protocol.CommandType.ZREMRANGEBYRANK;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.VideoFields;
import dev.upswell.feeds.FeedSettings;
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

  private final FeedSettings settings;

  /** Commands for these settings. */
  public FeedCommands(FeedSettings settings) {
    this.settings = settings;
  }

  /**
   * Writes a video's data, then its creator's outbox.
   *
   * <p>The score is the time in the id, not the time of the record, and equal scores are ordered by
   * the big-endian member: so the order of the outbox is the order of ids whatever the records say.
   */
  public void publish(Pipeline batch, Video video) {
    long publishedAt = VideoIds.millisOf(video.getVideoId());
    boolean isPrivate = video.getVisibility() == Video.Visibility.PRIVATE;
    batch.integer(
        EVAL,
        Pipeline.args()
            .add(FeedScripts.SAY_VIDEO)
            .add(1)
            .addKey(RedisKeys.video(video.getVideoId()))
            .add(settings.videoTtl().toSeconds())
            .add(isPrivate ? 1 : 0)
            .add(video.getAt())
            .add(VideoFields.CREATOR_ID)
            .add(video.getCreatorId())
            .add(VideoFields.PUBLISHED_AT)
            .add(publishedAt)
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
    byte[] outbox = RedisKeys.outbox(video.getCreatorId());
    batch.integer(
        ZADD, Pipeline.args().addKey(outbox).add(publishedAt).addValue(packed(video.getVideoId())));
    batch.integer(
        ZREMRANGEBYRANK, Pipeline.args().addKey(outbox).add(0).add(-1 - settings.outboxEntries()));
  }

  /**
   * Marks a video as removed. It stays in its outbox: a full outbox has to stay full, or readers
   * would not know that older videos were lost.
   */
  public void remove(Pipeline batch, Video video) {
    byte[] key = RedisKeys.video(video.getVideoId());
    CommandArgs<byte[], byte[]> args =
        Pipeline.args().addKey(key).add(VideoFields.REMOVED).add(video.getAt());
    batch.integer(HSET, args);
    batch.expire(key, settings.videoTtl());
  }

  /** Writes whom a user follows. */
  public void follow(Pipeline batch, long userId, Following following) {
    batch.set(RedisKeys.following(userId), following.toBytes());
  }

  /** Writes what was said about following; what was said at a later time stays as it is. */
  public void say(Pipeline batch, long userId, RelationshipTombstone parting) {
    byte[] key = RedisKeys.tombstones(userId);
    long[] times = {parting.unfollowAt(), parting.blockAt(), parting.blockedAt()};
    for (int kind = 0; kind < times.length; kind++) {
      if (times[kind] == 0) {
        // Never: nothing to say, and nothing that could be taken back.
        continue;
      }
      byte[] member =
          ByteBuffer.allocate(Long.BYTES + 1).putLong(parting.creatorId()).put((byte) kind).array();
      if (parting.together()) {
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

  /** Writes whom a user follows, and drops the feed. */
  public void withdraw(Pipeline batch, long userId, Following following) {
    follow(batch, userId, following);
    batch.del(RedisKeys.feed(userId));
    batch.del(RedisKeys.warm(userId));
  }

  /** Says that a creator's videos are not pushed. */
  public void pull(Pipeline batch, long creatorId, long since) {
    batch.integer(
        ZADD,
        Pipeline.args().addKey(RedisKeys.creatorsPulled()).add(since).addValue(packed(creatorId)));
  }

  /** Takes it back, if nothing newer was said. */
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

  /** Drops the feed, then says that the epoch is known to all audiences. */
  public void confirm(Pipeline batch, long userId, long epoch) {
    batch.del(RedisKeys.feed(userId));
    batch.set(RedisKeys.warm(userId), packed(epoch));
  }

  static byte[] packed(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
