package dev.upswell.benchmarks.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.util.Timestamps;
import dev.upswell.benchmarks.feed.FeedData;
import dev.upswell.benchmarks.process.KeepAliveClient;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TrendingValue;
import dev.upswell.contract.redis.VideoFields;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many users, copied inside Redis from a few: with a warm feed of 500 videos, without one, and with
 * very many followees. Returns the requested paths.
 */
final class ServingUsers {
  private static final long WARM = 3_000_000_001L;
  private static final long COLD = 4_000_000_001L;
  private static final long WIDE = 5_000_000_001L;
  private static final int BATCH = 500;
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final int IDS_A_PAGE = 20;
  private static final int PLACES = 100;

  /** Unix milliseconds; the age of lists is irrelevant here. */
  private static final long LISTED_AT = 1_780_000_020_000L;

  private static final List<String> SCOPES =
      List.of("global", "region:BR", "region:US", "region:IN", "region:DE");

  private final StatefulRedisConnection<byte[], byte[]> redis;
  private final List<RedisFuture<?>> sent = new ArrayList<>();

  ServingUsers(StatefulRedisConnection<byte[], byte[]> redis) {
    this.redis = redis;
  }

  /** Reads the feeds of the few users once, which builds them, and copies them to the others. */
  List<String> warm(int users, int port) throws IOException {
    try (KeepAliveClient client = KeepAliveClient.connect(port)) {
      for (int base = 0; base < FeedData.USERS; base++) {
        client.get(feed(FeedData.user(base)));
      }
    }
    for (int i = 0; i < users; i++) {
      long from = FeedData.user(i % FeedData.USERS);
      copy(RedisKeys.following(from), RedisKeys.following(WARM + i));
      copy(RedisKeys.warm(from), RedisKeys.warm(WARM + i));
      copy(RedisKeys.feed(from), RedisKeys.feed(WARM + i));
    }
    awaitSent();
    return paths(WARM, users, "");
  }

  /** Returns paths of inactive users. Their pages are computed and not saved. */
  List<String> cold(int users) throws IOException {
    for (int i = 0; i < users; i++) {
      copy(RedisKeys.following(FeedData.user(i % FeedData.USERS)), RedisKeys.following(COLD + i));
    }
    awaitSent();
    return paths(COLD, users, "");
  }

  /** Returns paths of users with so many followees that each read computes the page. */
  List<String> wide(int followees, int users) throws IOException {
    List<Long> few = FeedData.usersOf(followees);
    long first = WIDE + 1_000_000L * followees;
    for (int i = 0; i < users; i++) {
      copy(RedisKeys.following(few.get(i % few.size())), RedisKeys.following(first + i));
    }
    awaitSent();
    return paths(first, users, "&refresh=true");
  }

  /** Returns paths of the videos of a page, as an app requests them. */
  List<String> videos() {
    List<String> paths = new ArrayList<>();
    for (int base = 0; base < FeedData.USERS; base++) {
      List<byte[]> feed = redis.sync().lrange(RedisKeys.feed(FeedData.user(base)), 0, -1);
      for (int from = 0; from + IDS_A_PAGE < feed.size(); from += IDS_A_PAGE) {
        paths.add(
            feed.subList(from, from + IDS_A_PAGE).stream()
                .map(entry -> Long.toString(FeedEntry.fromBytes(entry).videoId()))
                .collect(Collectors.joining(",", "/v1/videos?ids=", "")));
      }
    }
    return paths;
  }

  /** Lists as full as they get: the world's, and those of regions; of each its first twenty. */
  List<String> trending() {
    List<String> paths = new ArrayList<>();
    for (int place = 0; place < PLACES; place++) {
      publish(listed(place));
    }
    for (String scope : SCOPES) {
      TrendingList.Builder lists =
          TrendingList.newBuilder().setScope(scope).setAt(Timestamps.fromMillis(LISTED_AT));
      for (int place = 0; place < PLACES; place++) {
        lists.addEntries(listed(place)).addTop(listed(place));
      }
      redis.sync().set(RedisKeys.trending(scope), new TrendingValue(lists.build()).toBytes());
      paths.add("/v1/trending?scope=" + scope);
    }
    return paths;
  }

  /** Only public videos are served. */
  private void publish(TrendingList.Entry video) {
    redis
        .sync()
        .hset(
            RedisKeys.video(video.getVideoId()),
            Map.of(
                VideoFields.CREATOR_ID.getBytes(US_ASCII),
                Long.toString(video.getCreatorId()).getBytes(US_ASCII),
                VideoFields.PUBLISHED_AT.getBytes(US_ASCII),
                Long.toString(VideoIds.millisOf(video.getVideoId())).getBytes(US_ASCII),
                VideoFields.VISIBILITY.getBytes(US_ASCII),
                Video.Visibility.PUBLIC.name().getBytes(US_ASCII)));
  }

  private static TrendingList.Entry listed(int place) {
    return TrendingList.Entry.newBuilder()
        .setVideoId(VideoIds.at(LISTED_AT - place, place))
        .setCreatorId(FeedData.user(place))
        .setScore(1_000.5 / (1 + place))
        .setEngagement(20_000.25 / (1 + place))
        .setBaseline(600.125)
        .setDeviation(467.46 / (1 + place))
        .setViews(9_000 - place)
        .setViewers(8_100 - place)
        .build();
  }

  /** Returns paths of video statistics. */
  List<String> statistics() {
    return redis.sync().lrange(RedisKeys.feed(FeedData.user(0)), 0, 99).stream()
        .map(entry -> "/v1/videos/" + FeedEntry.fromBytes(entry).videoId() + "/stats")
        .toList();
  }

  /** The keys of feeds that are ready. */
  static byte[] feedKey(int user) {
    return RedisKeys.feed(WARM + user);
  }

  private static List<String> paths(long first, int users, String more) {
    return IntStream.range(0, users).mapToObj(i -> feed(first + i) + more).toList();
  }

  private static String feed(long user) {
    return "/v1/users/" + user + "/feed?limit=20";
  }

  private void copy(byte[] from, byte[] to) throws IOException {
    sent.add(redis.async().copy(from, to));
    if (sent.size() >= BATCH) {
      awaitSent();
    }
  }

  private void awaitSent() throws IOException {
    if (!LettuceFutures.awaitAll(MOST, sent.toArray(new RedisFuture<?>[0]))) {
      throw new IOException("COPY: no reply within " + MOST);
    }
    sent.clear();
  }
}
