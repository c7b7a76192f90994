package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Impression;
import dev.upswell.contract.events.Upload;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final long NOW = Specimens.CLOCK.millis();
  private static final EventCodec<Follow> FOLLOWS =
      new EventCodec<>(EventType.FOLLOWS, Specimens.CLOCK);
  private static final String A_FOLLOW =
      """
      {"followerId":"1","followeeId":"2","type":"FOLLOW","at":"1767323045678"}""";

  static List<EventType<?>> types() {
    return EventType.all();
  }

  private static <T extends Message> EventCodec<T> codec(EventType<T> type) {
    return new EventCodec<>(type, Specimens.CLOCK);
  }

  private static String reason(Decoded<?> decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Bad.class);
    return ((Decoded.Bad<?>) decoded).reason();
  }

  private static <T extends Message> String brokenBy(EventType<T> type, Message.Builder event) {
    T built = type.type().cast(event.build());
    EventCodec<T> codec = codec(type);
    String reason = codec.validate(built).orElseThrow().toString();
    assertThat(reason(codec.decode(codec.encodeProtobuf(built)))).isEqualTo(reason);
    return reason;
  }

  private static Follow.Builder follow() {
    return Specimens.of(EventType.FOLLOWS).toBuilder();
  }

  @ParameterizedTest
  @MethodSource("types")
  <T extends Message> void eventSurvivesBothEncodings(EventType<T> type) {
    T event = Specimens.of(type);
    EventCodec<T> codec = codec(type);
    assertThat(codec.validate(event)).isEmpty();
    assertThat(codec.decode(codec.encodeProtobuf(event))).isEqualTo(new Decoded.Good<>(event));
    assertThat(codec.decode(codec.encodeJson(event))).isEqualTo(new Decoded.Good<>(event));
    String json = new String(codec.encodeJson(event), UTF_8);
    assertThat(codec.decodeJson(json)).isEqualTo(new Decoded.Good<>(event));
    assertThat(codec.decodeJson(JsonParser.parseString(json).getAsJsonObject()))
        .isEqualTo(new Decoded.Good<>(event));
    assertThat(codec.type()).isSameAs(type);
  }

  @Test
  void jsonHasDecimalStringIdsWithoutSpace() {
    Follow follow =
        Follow.newBuilder()
            .setFollowerId(1)
            .setFolloweeId(Long.MAX_VALUE)
            .setType(Follow.Type.BLOCK)
            .setAt(1_767_323_045_678L)
            .build();
    assertThat(new String(FOLLOWS.encodeJson(follow), UTF_8))
        .isEqualTo(
            """
            {"followerId":"1","followeeId":"9223372036854775807","type":"BLOCK",\
            "at":"1767323045678"}""");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'followerId':1,'followeeId':2,'type':1,'at':1767323045678}",
        "{'follower_id':'1','followee_id':2,'type':'1','at':1.767323045678e12}",
        "{ 'at' : 1767323045678.0 ,\t'type' : 'FOLLOW',\n'followeeId' : 2,'followerId':1} ",
        "{'followerId':1,'follower_id':null,'followeeId':2,'type':1,'at':1767323045678}",
        "{'followerId':1,'followeeId':2,'type':1,'at':1767323045678,'new':[{'a':null}]}",
        "{'follower\\u0049d':1,'followeeId':2,'type':'\\u0046OLLOW','at':1767323045678}",
      })
  void allFormsOfTheJsonMappingAreAccepted(String json) {
    Decoded<Follow> plain = FOLLOWS.decodeJson(A_FOLLOW);
    assertThat(plain).isInstanceOf(Decoded.Good.class);
    assertThat(FOLLOWS.decode(json.replace('\'', '"').getBytes(UTF_8))).isEqualTo(plain);
  }

  @Test
  void unknownFieldsOfProtobufAreIgnored() {
    Follow known = follow().build();
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(900, UnknownFieldSet.Field.newBuilder().addVarint(5).build())
            .build();
    Follow newer = known.toBuilder().setUnknownFields(unknown).build();
    assertThat(newer).isNotEqualTo(known);
    assertThat(FOLLOWS.decode(newer.toByteArray())).isEqualTo(new Decoded.Good<>(known));
  }

  /** A follow with one member replaced, or added, in JSON. */
  private static String reasonOf(String name, String value) {
    String json = A_FOLLOW.replaceFirst("\"" + name + "\":(\"[^\"]*\"),?", "");
    String changed = "{\"" + name + "\":" + value + "," + json.substring(1);
    return reason(FOLLOWS.decode(changed.replace(",}", "}").getBytes(UTF_8)));
  }

  @Test
  void invalidValuesAreReportedWithTheirField() {
    assertThat(reasonOf("followeeId", "0"))
        .isEqualTo("followeeId: 0 (expected: a positive 63-bit integer)");
    assertThat(reasonOf("followeeId", "\"-5\""))
        .isEqualTo("followeeId: -5 (expected: a positive 63-bit integer)");
    assertThat(reasonOf("followeeId", "\"abc\""))
        .isEqualTo("followeeId: \"abc\" (expected: a 64-bit integer)");
    assertThat(reasonOf("followeeId", "9223372036854775808"))
        .isEqualTo("followeeId: 9223372036854775808 (expected: a 64-bit integer)");
    assertThat(reasonOf("followeeId", "1.5"))
        .isEqualTo("followeeId: 1.5 (expected: a 64-bit integer)");
    assertThat(reasonOf("followeeId", "1e400"))
        .isEqualTo("followeeId: 1e400 (expected: a 64-bit integer)");
    assertThat(reasonOf("followeeId", "true"))
        .isEqualTo("followeeId: true (expected: a 64-bit integer)");
    assertThat(reasonOf("followeeId", "[\"2\"]"))
        .isEqualTo("followeeId: an array (expected: a 64-bit integer)");
    assertThat(reasonOf("followeeId", "{}"))
        .isEqualTo("followeeId: an object (expected: a 64-bit integer)");
    assertThat(reasonOf("followeeId", "\"" + "1".repeat(30_000) + "\""))
        .isEqualTo("followeeId: \"" + "1".repeat(64) + "…\" (expected: a 64-bit integer)");
    assertThat(reasonOf("type", "17"))
        .isEqualTo("type: 17 (expected: FOLLOW, UNFOLLOW, BLOCK, UNBLOCK)");
    assertThat(reasonOf("type", "\"FOLOW\""))
        .isEqualTo("type: \"FOLOW\" (expected: FOLLOW, UNFOLLOW, BLOCK, UNBLOCK)");
    assertThat(reasonOf("type", "\"TYPE_UNSPECIFIED\""))
        .isEqualTo("type: TYPE_UNSPECIFIED (expected: FOLLOW, UNFOLLOW, BLOCK, UNBLOCK)");
    assertThat(reasonOf("type", "[]"))
        .isEqualTo("type: an array (expected: FOLLOW, UNFOLLOW, BLOCK, UNBLOCK)");
  }

  @Test
  void missingJsonFieldsAreReportedAsMissing() {
    assertThat(reasonOf("followeeId", "null"))
        .isEqualTo("followeeId: missing (expected: a positive 63-bit integer)");
    assertThat(reason(FOLLOWS.decodeJson("{}")))
        .isEqualTo("followerId: missing (expected: a positive 63-bit integer)");
    assertThat(reason(FOLLOWS.decodeJson("{\"followerId\":1,\"followeeId\":2}")))
        .isEqualTo("type: missing (expected: FOLLOW, UNFOLLOW, BLOCK, UNBLOCK)");
  }

  @Test
  void fieldsWithBothNamesAreRejected() {
    String both =
        "{\"followerId\":1,\"followeeId\":2,\"followee_id\":2,\"type\":1,\"at\":1767323045678}";
    assertThat(reason(FOLLOWS.decodeJson(both)))
        .isEqualTo("followeeId: given also as followee_id (expected: one of the two names)");
  }

  @Test
  void nestedFieldsAreReportedWithTheirPath() {
    EventCodec<Video> videos = codec(EventType.VIDEOS);
    assertThat(reason(videos.decodeJson("{\"renditions\":[{},{\"width\":\"x\"}]}")))
        .isEqualTo("renditions[1].width: \"x\" (expected: a 32-bit integer)");
    assertThat(reason(videos.decodeJson("{\"renditions\":[7]}")))
        .isEqualTo("renditions[0]: 7 (expected: an object)");
    assertThat(reason(videos.decodeJson("{\"renditions\":{}}")))
        .isEqualTo("renditions: an object (expected: an array)");
    assertThat(reason(videos.decodeJson("{\"hashtags\":[\"a\",null]}")))
        .isEqualTo("hashtags[1]: null (expected: a string)");
    assertThat(reason(videos.decodeJson("{\"durationMs\":2147483648}")))
        .isEqualTo("durationMs: 2147483648 (expected: a 32-bit integer)");
    Video.Builder video = Specimens.of(EventType.VIDEOS).toBuilder();
    video.getRenditionsBuilder(1).setHeight(-1);
    assertThat(brokenBy(EventType.VIDEOS, video))
        .isEqualTo("renditions[1].height: -1 (expected: 0 or more)");
  }

  @Test
  void timesLieBetween2020AndFiveMinutesFromNow() {
    long earliest = 1_577_836_800_000L;
    long latest = NOW + 300_000;
    assertThat(FOLLOWS.validate(follow().setAt(earliest).build())).isEmpty();
    assertThat(FOLLOWS.validate(follow().setAt(latest).build())).isEmpty();
    String expected =
        " (expected: milliseconds since 1970, from 2020-01-01T00:00Z to five minutes from now)";
    for (long at : List.of(earliest - 1, latest + 1, 0L, Long.MIN_VALUE, Long.MAX_VALUE)) {
      assertThat(brokenBy(EventType.FOLLOWS, follow().setAt(at))).isEqualTo("at: " + at + expected);
    }
  }

  @Test
  void followingOneselfIsRejected() {
    assertThat(brokenBy(EventType.FOLLOWS, follow().setFollowerId(5).setFolloweeId(5)))
        .isEqualTo("followeeId: 5 (expected: other than followerId)");
  }

  @Test
  void unknownEnumNumbersAreRejected() {
    assertThat(brokenBy(EventType.FOLLOWS, follow().setTypeValue(17)))
        .isEqualTo("type: 17 (expected: FOLLOW, UNFOLLOW, BLOCK, UNBLOCK)");
    assertThat(
            brokenBy(EventType.VIDEOS, Specimens.of(EventType.VIDEOS).toBuilder().setTypeValue(3)))
        .isEqualTo("type: 3 (expected: PUBLISHED, REMOVED)");
    Engagement.Builder engagement = Specimens.of(EventType.ENGAGEMENTS).toBuilder();
    assertThat(brokenBy(EventType.ENGAGEMENTS, engagement.setTypeValue(0)))
        .startsWith("type: TYPE_UNSPECIFIED (expected: LIKE, UNLIKE, SHARE, COMMENT,");
  }

  @Test
  void stringsHaveAtMost2048CharactersHoweverManyBytesTheyTake() {
    View.Builder view = Specimens.of(EventType.VIEWS).toBuilder();
    for (String character : List.of("x", "é", "語", "😀")) {
      EventCodec<View> codec = codec(EventType.VIEWS);
      View longest = view.setEventId(character.repeat(2_048)).build();
      assertThat(codec.decode(codec.encodeProtobuf(longest))).isInstanceOf(Decoded.Good.class);
      assertThat(codec.decode(codec.encodeJson(longest))).isInstanceOf(Decoded.Good.class);
      assertThat(brokenBy(EventType.VIEWS, view.setEventId(character.repeat(2_049))))
          .isEqualTo("eventId: 2049 characters (expected: at most 2048 characters)");
    }
  }

  @Test
  void thereAreAtMost64Hashtags() {
    Upload.Builder upload = Specimens.of(EventType.UPLOADS).toBuilder().clearHashtags();
    upload.addAllHashtags(Collections.nCopies(64, "x"));
    assertThat(codec(EventType.UPLOADS).validate(upload.build())).isEmpty();
    assertThat(brokenBy(EventType.UPLOADS, upload.addHashtags("y")))
        .isEqualTo("hashtags: 65 entries (expected: at most 64 entries)");
    assertThat(
            brokenBy(
                EventType.UPLOADS,
                upload.clearHashtags().addHashtags("x").addHashtags("y".repeat(2_049))))
        .isEqualTo("hashtags[1]: 2049 characters (expected: at most 2048 characters)");
  }

  @Test
  void otherRulesOfEachTypeAreChecked() {
    View.Builder view = Specimens.of(EventType.VIEWS).toBuilder();
    assertThat(brokenBy(EventType.VIEWS, view.clone().setWatchMs(-1)))
        .isEqualTo("watchMs: -1 (expected: 0 or more)");
    assertThat(brokenBy(EventType.VIEWS, view.clone().setCreatorId(-1)))
        .isEqualTo("creatorId: -1 (expected: a positive 63-bit integer)");
    Upload.Builder upload = Specimens.of(EventType.UPLOADS).toBuilder();
    assertThat(brokenBy(EventType.UPLOADS, upload.clone().setObjectKey("")))
        .isEqualTo("objectKey: \"\" (expected: a text)");
    assertThat(brokenBy(EventType.UPLOADS, upload.clone().setSizeBytes(-1)))
        .isEqualTo("sizeBytes: -1 (expected: 0 or more)");
    Impression.Builder impression = Specimens.of(EventType.IMPRESSIONS).toBuilder();
    assertThat(brokenBy(EventType.IMPRESSIONS, impression.clone().setPropensity(Float.NaN)))
        .isEqualTo("propensity: NaN (expected: 0..1)");
    assertThat(
            brokenBy(
                EventType.IMPRESSIONS, impression.clone().setFeatures(1, Float.NEGATIVE_INFINITY)))
        .isEqualTo("features[1]: -Infinity (expected: a finite number)");
    assertThat(brokenBy(EventType.IMPRESSIONS, impression.clone().setPosition(-1)))
        .isEqualTo("position: -1 (expected: 0 or more)");
    assertThat(brokenBy(EventType.IMPRESSIONS, impression.clone().clearImpressionId()))
        .isEqualTo("impressionId: \"\" (expected: a text)");
  }

  @Test
  void correctionsComeBeforeTheRules() {
    JsonObject json = JsonParser.parseString(A_FOLLOW).getAsJsonObject();
    json.addProperty("at", Long.MAX_VALUE);

    assertThat(FOLLOWS.decodeJson(json)).isInstanceOf(Decoded.Bad.class);
    Decoded<Follow> corrected =
        FOLLOWS.decodeJson(json, follow -> EventType.FOLLOWS.withTime(follow, 1_767_323_045_678L));
    assertThat(corrected)
        .isInstanceOfSatisfying(
            Decoded.Good.class,
            good -> assertThat(((Follow) good.value()).getAt()).isEqualTo(1_767_323_045_678L));
  }

  @Test
  void everyTypeTakesAnotherTime() {
    for (EventType<?> type : EventType.all()) {
      assertThat(timeOfChanged(type)).as(type.name()).isEqualTo(7);
    }
  }

  private static <T extends Message> long timeOfChanged(EventType<T> type) {
    return type.timeOf(type.withTime(type.defaultInstance(), 7));
  }

  @Test
  void byteOrderMarksAndInvalidBytesAreRejected() {
    byte[] marked = "\uFEFF{}".getBytes(UTF_8);

    assertThat(StrictJson.read(marked))
        .isEqualTo(
            new Decoded.Bad<>(
                new Violation("record", "a byte order mark", "one JSON object in UTF-8")));
    assertThat(StrictJson.read(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}))
        .isEqualTo(
            new Decoded.Bad<>(
                new Violation("record", "invalid UTF-8", "one JSON object in UTF-8")));
    assertThat(StrictJson.read("{}".getBytes(UTF_8))).isInstanceOf(Decoded.Good.class);
  }
}
