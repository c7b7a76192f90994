package dev.upswell.api;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.redis.RedisFeedStoreWriter;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import dev.upswell.redis.RedisConnection;

/** Writes videos and followings to Redis, as the fan-out job does. */
final class TestFeeds {
  private static final long EPOCH = 5;

  private final RedisFeedStoreWriter store;

  TestFeeds(RedisConnection redis) {
    store = new RedisFeedStoreWriter(redis, FeedOptions.DEFAULT);
  }

  static Video.Builder video(long creator, long id) {
    return Video.newBuilder()
        .setVideoId(id)
        .setCreatorId(creator)
        .setType(Video.Type.PUBLISHED)
        .setAt(VideoIds.millisOf(id));
  }

  void publish(long creator, long video) {
    publish(video(creator, video).build());
  }

  void publish(Video video) {
    store.write(VideoWrite.of(video)).join();
  }

  /** Publishes a video that is not for everyone. */
  void publish(long creator, long video, Video.Visibility visibility) {
    publish(video(creator, video).setVisibility(visibility).build());
  }

  void remove(long creator, long video) {
    remove(video(creator, video).setAt(1).build());
  }

  void remove(Video video) {
    publish(video.toBuilder().setType(Video.Type.REMOVED).build());
  }

  /** Writes the followees of a user. The feed is not warm yet. */
  void follow(long user, long... creators) {
    store.follow(user, new Following(EPOCH, creators)).join();
  }

  /** Hides a creator from a user who has blocked them or is blocked. */
  void block(long user, long creator) {
    store.writeTombstone(user, new RelationshipTombstone(creator, false, 0, 1, 0)).join();
  }

  /** Lets the API keep the feed of a user warm. */
  void confirm(long user) {
    store.confirm(user, EPOCH).join();
  }

  void push(long creator, long video, long user) {
    store.push(new FeedPush(video, creator, new long[] {user})).join();
  }
}
