package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TierValue;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks who sees the data and the statistics of which videos. */
class VisibilityIT {
  private static final long AT = 1_780_000_019_999L;
  private static final long CREATOR = 7;
  private static final long FOLLOWER = 42;
  private static final long STRANGER = 43;
  private static final long BLOCKED = 44;

  private static final long PUBLIC = VideoIds.at(AT, 1);
  private static final long FOLLOWERS = VideoIds.at(AT, 2);
  private static final long PRIVATE = VideoIds.at(AT, 3);
  private static final long REMOVED = VideoIds.at(AT, 4);
  private static final long UNKNOWN = VideoIds.at(AT, 5);
  private static final List<Long> ALL = List.of(PUBLIC, FOLLOWERS, PRIVATE, REMOVED, UNKNOWN);

  private static TestApi api;

  @BeforeAll
  static void start(@TempDir Path dir) {
    api = TestApi.start(dir, Map.of("UPSWELL_AUTH_SECRET", Jwt.SECRET));
    api.feeds.publish(CREATOR, PUBLIC);
    api.feeds.publish(CREATOR, FOLLOWERS, Video.Visibility.FOLLOWERS);
    api.feeds.publish(CREATOR, PRIVATE, Video.Visibility.PRIVATE);
    api.feeds.publish(CREATOR, REMOVED);
    api.feeds.remove(CREATOR, REMOVED);
    api.feeds.follow(FOLLOWER, CREATOR);
    api.feeds.follow(BLOCKED, CREATOR);
    api.feeds.block(BLOCKED, CREATOR);
    for (long video : ALL) {
      api.redis.set(RedisKeys.views(video), new RecentViewsValue(AT, 1_000, 0, 0).toBytes());
      api.redis.set(RedisKeys.tier(video), new TierValue(AT, Tier.EDGE, Reason.VIRAL).toBytes());
    }
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static HttpResponse<String> get(String path, String subject) {
    String token = Jwt.hs256(Jwt.SECRET, Jwt.claims(subject).build());
    return api.client.send(api.client.path(path).header("Authorization", "Bearer " + token));
  }

  private static HttpResponse<String> videos(String subject, Long... ids) {
    return get("/v1/videos?ids=" + String.join(",", texts(List.of(ids))), subject);
  }

  private static List<String> texts(List<Long> ids) {
    return ids.stream().map(id -> Long.toString(id)).toList();
  }

  private static List<Long> shown(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return ApiClient.json(response).getAsJsonArray("videos").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(video -> video.get("videoId").getAsLong())
        .toList();
  }

  private static String caching(HttpResponse<String> response) {
    return response.headers().firstValue("cache-control").orElseThrow();
  }

  @Test
  void videosForFollowersAreShownToCreatorAndFollowers() {
    for (long user : new long[] {CREATOR, FOLLOWER}) {
      HttpResponse<String> response = videos(Long.toString(user), ALL.toArray(Long[]::new));

      assertThat(shown(response)).containsExactly(PUBLIC, FOLLOWERS);
      assertThat(caching(response)).isEqualTo("private, no-store");
      assertThat(ApiClient.json(response).getAsJsonArray("missing")).hasSize(3);
    }
  }

  @Test
  void othersDoNotLearnThatAVideoForFollowersExists() {
    for (String subject : List.of(Long.toString(STRANGER), Long.toString(BLOCKED), "a-machine")) {
      assertThat(shown(videos(subject, ALL.toArray(Long[]::new)))).containsExactly(PUBLIC);
      HttpResponse<String> hidden = videos(subject, FOLLOWERS);
      HttpResponse<String> unknown = videos(subject, UNKNOWN);
      assertThat(caching(hidden)).isEqualTo(caching(unknown)).isEqualTo("public, max-age=5");
      assertThat(hidden.body().replace(Long.toString(FOLLOWERS), Long.toString(UNKNOWN)))
          .isEqualTo(unknown.body());
    }
  }

  private static JsonObject stats(long video, String subject) {
    return ApiClient.json(get("/v1/videos/" + video + "/stats", subject));
  }

  @Test
  void statisticsOfHiddenVideosAreThoseOfUnknownOnes() {
    for (long video : LongStream.of(FOLLOWERS, PRIVATE, REMOVED, UNKNOWN).toArray()) {
      for (String subject : List.of(Long.toString(STRANGER), Long.toString(BLOCKED), "a-machine")) {
        assertThat(stats(video, subject).toString())
            .isEqualTo("{\"videoId\":\"%d\",\"views\":0,\"tier\":\"ORIGIN\"}".formatted(video));
      }
    }
    for (long video : LongStream.of(PRIVATE, REMOVED).toArray()) {
      assertThat(stats(video, Long.toString(FOLLOWER)).get("views").getAsInt()).isZero();
    }
  }

  @Test
  void statisticsOfVideosForFollowersAreShownToThem() {
    for (long user : new long[] {CREATOR, FOLLOWER}) {
      HttpResponse<String> response =
          get("/v1/videos/" + FOLLOWERS + "/stats", Long.toString(user));
      assertThat(ApiClient.json(response).get("views").getAsInt()).isEqualTo(1_000);
      assertThat(caching(response)).isEqualTo("private, no-store");
    }
    assertThat(stats(PUBLIC, Long.toString(STRANGER)).get("tier").getAsString()).isEqualTo("EDGE");
  }
}
