package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of values, which are the same for records of Kafka and for requests. */
class EventAcceptanceTest {
  private static final EventCodec<Video> VIDEOS =
      new EventCodec<>(EventType.VIDEOS, Specimens.CLOCK);
  private static final EventCodec<View> VIEWS = new EventCodec<>(EventType.VIEWS, Specimens.CLOCK);
  private static final EventCodec<Session> SESSIONS =
      new EventCodec<>(EventType.SESSIONS, Specimens.CLOCK);
  private static final long NOW = Specimens.AT.toEpochMilli();

  private static Video.Builder video() {
    return Specimens.of(EventType.VIDEOS).toBuilder();
  }

  private static String violation(Video.Builder video) {
    return VIDEOS.validate(video.build()).map(Violation::field).orElse("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "", "#pasta", "  ", "two words", "a\u0000", "a\u2028b", "a\nb"})
  void hashtagWithSeparatorsIsRejected(String hashtag) {
    assertThat(violation(video().clearHashtags().addHashtags("fine").addHashtags(hashtag)))
        .isEqualTo("hashtags[1]");
  }

  @Test
  void hashtagsOfAnyScriptAreUnchanged() throws Exception {
    List<String> hashtags = List.of("naïve", "🍝", "مرحبا", "x\"y\\z", "2026");
    Video video = video().clearHashtags().addAllHashtags(hashtags).build();

    for (byte[] record : List.of(VIDEOS.encodeJson(video), VIDEOS.encodeProtobuf(video))) {
      Video read = VIDEOS.decode(record).orElseThrow(why -> new AssertionError(why));
      assertThat(read.getHashtagsList()).isEqualTo(hashtags);
    }
  }

  @Test
  void idWhoseTimeIsNotThatOfAPublicationIsRejected() {
    long monthAhead = VideoIds.at(NOW + Duration.ofDays(30).toMillis(), 1);
    for (long id :
        new long[] {1, 7_000_001, monthAhead, Long.MAX_VALUE, 2_126_871_579_584_364_549L}) {
      assertThat(violation(video().setVideoId(id))).as("id %d", id).isEqualTo("videoId");
    }
    for (long millis : new long[] {NOW, NOW - Duration.ofDays(365).toMillis()}) {
      assertThat(violation(video().setVideoId(VideoIds.at(millis, 1)))).isEqualTo("none");
    }
  }

  @Test
  void rejectedIdIsShownWithItsTime() {
    assertThat(VIDEOS.validate(video().setVideoId(1).build()).orElseThrow().toString())
        .isEqualTo(
            "videoId: 1, an id of 2020-01-01T00:00:00Z (expected: an id of a time from"
                + " 2020-01-02T00:00Z to five minutes from now)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BRA", "B", "B1", "ÄB", "--"})
  void regionThatIsNotTwoLettersIsRejected(String region) {
    assertThat(violation(video().setRegion(region))).isEqualTo("region");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "naïve", "a_b", "ſ", "a/b"})
  void categoryThatIsNotAWordIsRejected(String category) {
    assertThat(violation(video().setCategory(category))).isEqualTo("category");
    assertThat(violation(video().setCategory("c".repeat(33)))).isEqualTo("category");
  }

  @Test
  void wordsAreReadInNormalForm() {
    Video video = video().setRegion("br").setCategory("Comedy").build();
    View view = Specimens.of(EventType.VIEWS).toBuilder().setRegion("bR").setDevice("iOS").build();
    Session session =
        Specimens.of(EventType.SESSIONS).toBuilder().setRegion("br").setDevice("Web").build();

    Video readVideo = good(VIDEOS.decode(VIDEOS.encodeJson(video)));
    View readView = good(VIEWS.decode(VIEWS.encodeProtobuf(view)));
    Session readSession = good(SESSIONS.decode(SESSIONS.encodeProtobuf(session)));

    assertThat(List.of(readVideo.getRegion(), readVideo.getCategory()))
        .containsExactly("BR", "comedy");
    assertThat(List.of(readView.getRegion(), readView.getDevice())).containsExactly("BR", "ios");
    assertThat(List.of(readSession.getRegion(), readSession.getDevice()))
        .containsExactly("BR", "web");
  }

  private static <T> T good(Decoded<T> decoded) {
    return decoded.orElseThrow(why -> new AssertionError(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"viewerId\":1,\"viewerId\":2}",
        "{\"viewerId\":1,\"x\":1,\"x\":1}",
        "{\"x\":{\"a\":1,\"a\":2}}",
        "{\"x\":[{\"a\":1,\"\\u0061\":2}]}"
      })
  void duplicateNameIsRejected(String json) {
    assertThat(VIEWS.decode(json.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Decoded.Bad.class,
            bad -> assertThat(bad.reason()).startsWith("record: more than one $."));
  }

  @Test
  void byteOrderMarkIsRejected() {
    Decoded<JsonObject> body = StrictJson.read("\uFEFF{}".getBytes(UTF_8));

    assertThat(body)
        .isInstanceOfSatisfying(
            Decoded.Bad.class,
            bad -> assertThat(bad.reason()).startsWith("record: a byte order mark"));
    assertThat(VIEWS.decode("\uFEFF{}".getBytes(UTF_8))).isInstanceOf(Decoded.Bad.class);
  }

  @Test
  void invalidUtf8IsRejected() {
    byte[] json = "{\"eventId\":\"?\"}".getBytes(UTF_8);
    json[12] = (byte) 0xff;

    assertThat(StrictJson.read(json)).isInstanceOf(Decoded.Bad.class);
    assertThat(VIEWS.decode(json)).isInstanceOf(Decoded.Bad.class);
  }

  /** A request has events within an object, which was read before; a record is one event. */
  @Property
  void requestsAndRecordsAreAcceptedAlike(@ForAll("members") List<String> members) {
    String json = "{" + String.join(",", members) + "}";
    byte[] record = json.getBytes(UTF_8);

    Decoded<View> ofRecord = VIEWS.decode(record);
    Decoded<View> ofRequest =
        StrictJson.read(("{\"views\":[" + json + "]}").getBytes(UTF_8))
                instanceof Decoded.Good<JsonObject> body
            ? VIEWS.decodeJson(body.value().getAsJsonArray("views").get(0).getAsJsonObject())
            : new Decoded.Bad<>(new Violation("record", "", ""));

    assertThat(ofRequest instanceof Decoded.Good).isEqualTo(ofRecord instanceof Decoded.Good);
    if (ofRecord instanceof Decoded.Good<View> good) {
      assertThat(ofRequest).isEqualTo(good);
    }
  }

  @Provide
  Arbitrary<List<String>> members() {
    Arbitrary<String> required =
        Arbitraries.just(
            "\"viewerId\":\"5\",\"videoId\":7,\"creator_id\":\"9\",\"viewedAt\":" + NOW);
    Arbitrary<String> odd =
        Arbitraries.of(
            "\"viewerId\":\"5\"",
            "\"creatorId\":\"9\"",
            "\"region\":\"br\"",
            "\"region\":\"Brazil\"",
            "\"device\":\"iOS\"",
            "\"device\":\"\\ud83d\"",
            "\"eventId\":\"é\"",
            "\"eventId\":null",
            "\"watchMs\":-1",
            "\"watchMs\":1e3",
            "\"x\":{\"a\":1,\"a\":2}",
            "\"x\":[1,{}]",
            "'y':1");
    return required.flatMap(
        first ->
            odd.list()
                .ofMaxSize(3)
                .map(
                    others -> {
                      List<String> all = new ArrayList<>(others);
                      all.add(0, first);
                      return all;
                    }));
  }
}
