package dev.upswell.local.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedClientTest {
  private static final String FIRST = "/v1/users/7/feed?limit=50&refresh=true";
  private static final String SECOND = "/v1/users/7/feed?limit=50&cursor=a%2Fb%3D";
  private static final String EMPTY = "{\"entries\":[],\"source\":\"warm\",\"degraded\":[]}";

  private FakeApi api;
  private FeedClient client;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    client = new FeedClient(api.url());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void walkFollowsTheCursorAlsoOverAnEmptyPage() {
    api.on(FIRST, 200, page(3, "\"cursor\":\"a/b=\",", "warm"));
    api.on(SECOND, 200, page(2, "\"cursor\":\"c\",", "computed"));
    api.on("/v1/users/7/feed?limit=50&cursor=c", 200, EMPTY);
    FeedClient.Walk walk = client.walk(7).join();
    assertThat(walk.entries()).extracting(FeedPage.Entry::videoId).containsExactly(3L, 2L);
    assertThat(walk.entries().get(0))
        .isEqualTo(
            new FeedPage.Entry(3, 30, Instant.parse("2026-05-01T12:00:00.123Z").toEpochMilli()));
    assertThat(walk.warm()).isTrue();
  }

  @Test
  void rejectedAndIncompletePagesAreRequestedAgain() {
    api.on(FIRST, 503, "later").on(FIRST, 429, "slowly");
    api.on(FIRST, 200, "{\"entries\":[],\"source\":\"warm\",\"degraded\":[\"outboxes\"]}");
    api.on(FIRST, 200, page(3, "", "computed"));
    FeedClient.Walk walk = client.walk(7).join();
    assertThat(walk.entries()).hasSize(1);
    assertThat(walk.warm()).isFalse();
    assertThat(api.requests()).hasSize(4);
  }

  @Test
  void errorHasTheResponse() {
    api.on(FIRST, 400, "limit: 50 (expected: 1..20)");
    assertThatThrownBy(() -> client.walk(7).join())
        .hasRootCauseInstanceOf(FeedRefusedException.class)
        .hasMessageContaining("400")
        .hasMessageContaining("limit: 50 (expected: 1..20)");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void pageIsRequestedWithTheLimit() {
    api.on("/v1/users/9/feed?limit=5", 200, page(1, "", "warm"));
    FeedPage page = client.page(9, 5, Optional.empty()).join();
    assertThat(page.shows(1)).isTrue();
    assertThat(page.shows(2)).isFalse();
  }

  private static String page(long videoId, String cursor, String source) {
    return ("{\"entries\":[{\"videoId\":\"%d\",\"creatorId\":\"30\","
            + "\"publishedAt\":\"2026-05-01T12:00:00.123Z\"}],%s\"source\":\"%s\",\"degraded\":[]}")
        .formatted(videoId, cursor, source);
  }
}
