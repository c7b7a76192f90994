package dev.upswell.benchmarks.feed;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.redis.RedisFeedStoreWriter;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Data as the job writes it: few of the creators publish much, their videos of the last 30 days,
 * and users with some followees, a few with very many. Equal in every run except for the time.
 */
public final class FeedData {
  /** Number of users with few followees. */
  public static final int USERS = 64;

  /** Number of their followees. */
  public static final int FOLLOWEES = 300;

  static final int ENTRIES = FeedOptions.DEFAULT.maxEntries();

  /** Followees of users whose pages are computed on each read. */
  static final List<Integer> WIDE = List.of(1_000, 10_000);

  /** Videos of each outbox that such a page reads at first. */
  static final int DEPTH = 4;

  private static final int WIDE_USERS = 8;
  private static final int CREATORS = 1_000;
  private static final int ALL_CREATORS = 12_000;
  private static final int MOST_VIDEOS = 100;
  private static final int LEAST_VIDEOS = 2;
  private static final long DAYS_30_MILLIS = 30L * 24 * 3_600 * 1_000;
  private static final long FIRST_USER = 1_000_000_001;
  private static final long FIRST_CREATOR = 2_000_000_001;
  private static final int IN_FLIGHT = 500;

  private final FeedStoreWriter store;
  private final List<CompletableFuture<Void>> sent = new ArrayList<>();
  private final Random random = new Random(1);

  private FeedData(FeedStoreWriter store) {
    this.store = store;
  }

  /** Fills a Redis; returns the number of videos. */
  public static int fill(String redisUri) {
    try (RedisConnection redis = RedisConnection.open(RedisOptions.of(redisUri))) {
      FeedData data = new FeedData(new RedisFeedStoreWriter(redis, FeedOptions.DEFAULT));
      int videos = data.publish();
      data.follow();
      data.awaitSent();
      return videos;
    }
  }

  /** The id of the user with an index; those below {@link #USERS} follow few. */
  public static long user(int index) {
    return FIRST_USER + index;
  }

  /** Returns the users with a number of followees, one of {@link #WIDE}. */
  public static List<Long> usersOf(int followees) {
    int first = USERS + WIDE.indexOf(followees) * WIDE_USERS;
    return IntStream.range(first, first + WIDE_USERS).mapToObj(FeedData::user).toList();
  }

  private int publish() {
    long now = System.currentTimeMillis();
    int videos = 0;
    for (int creator = 0; creator < ALL_CREATORS; creator++) {
      int count = LEAST_VIDEOS + (int) (MOST_VIDEOS * Math.pow(random.nextDouble(), 3));
      for (int i = 0; i < count; i++) {
        long at = now - (long) (random.nextDouble() * DAYS_30_MILLIS);
        await(store.write(VideoWrite.of(video(FIRST_CREATOR + creator, at))));
      }
      videos += count;
    }
    return videos;
  }

  private Video video(long creatorId, long at) {
    return Video.newBuilder()
        .setVideoId(VideoIds.at(at, random.nextInt(1 << 22)))
        .setCreatorId(creatorId)
        .setType(Video.Type.PUBLISHED)
        .setAt(at)
        .setDurationMs(3_000 + random.nextInt(60_000))
        .setCategory("comedy")
        .addHashtags("cats")
        .addHashtags("dance")
        .setLanguage("pt-BR")
        .setRegion("BR")
        .build();
  }

  private void follow() {
    for (int user = 0; user < USERS; user++) {
      long[] followees =
          random
              .longs(FIRST_CREATOR, FIRST_CREATOR + CREATORS)
              .distinct()
              .limit(FOLLOWEES)
              .sorted()
              .toArray();
      long epoch = 1;
      await(store.follow(user(user), new Following(epoch, followees)));
      await(store.confirm(user(user), epoch));
    }
    for (int count : WIDE) {
      for (long user : usersOf(count)) {
        long[] followees =
            random
                .longs(FIRST_CREATOR, FIRST_CREATOR + ALL_CREATORS)
                .distinct()
                .limit(count)
                .sorted()
                .toArray();
        // A negative epoch: too many to be pushed to.
        await(store.follow(user, new Following(-1, followees)));
      }
    }
  }

  private void await(CompletableFuture<Void> write) {
    sent.add(write);
    if (sent.size() == IN_FLIGHT) {
      awaitSent();
    }
  }

  private void awaitSent() {
    sent.forEach(CompletableFuture::join);
    sent.clear();
  }
}
