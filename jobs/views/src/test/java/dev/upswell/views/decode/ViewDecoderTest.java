package dev.upswell.views.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.sun.management.ThreadMXBean;
import dev.upswell.contract.Decoded;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Violation;
import dev.upswell.contract.events.View;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViewDecoderTest {
  private static final View VIEW = ViewSpecimens.VIEW;
  private static final String REQUIRED =
      "\"viewerId\":1,\"videoId\":2,\"creatorId\":3,\"viewedAt\":1767323045678";

  private final EventCodec<View> codec = new EventCodec<>(EventType.VIEWS, ViewSpecimens.CLOCK);
  private final ViewDecoder decoder = new ViewDecoder(ViewSpecimens.CLOCK);
  private final ViewFields fields = new ViewFields();

  private boolean isFast(byte[] record) {
    return decoder.scan(record, 0, record.length, fields);
  }

  private boolean isFast(String json) {
    return isFast(json.getBytes(UTF_8));
  }

  /** The decoder and the codec agree on the record; returns the reason if they refuse it. */
  private Optional<String> reason(byte[] record) {
    Optional<Violation> violation = decoder.decode(record, fields);
    Decoded<View> expected =
        violation.isEmpty()
            ? new Decoded.Good<>(fields.toView())
            : new Decoded.Bad<>(violation.get());
    assertThat(codec.decode(record)).isEqualTo(expected);
    return violation.map(Violation::toString);
  }

  private Optional<String> reason(String json) {
    return reason(json.getBytes(UTF_8));
  }

  @FunctionalInterface
  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  /** The required fields in Protobuf and what else is written. */
  private static byte[] protobuf(Writing writing) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      View.newBuilder()
          .setViewerId(1)
          .setVideoId(2)
          .setCreatorId(3)
          .setViewedAt(1_767_323_045_678L)
          .build()
          .writeTo(out);
      writing.to(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void writeGroup(CodedOutputStream out, int field) throws IOException {
    out.writeTag(field, 3);
    VIEW.writeTo(out);
    out.writeTag(field, 4);
  }

  @Test
  void everyFieldOfBothEncodingsTakesTheFastPath() {
    for (byte[] record : new byte[][] {codec.encodeProtobuf(VIEW), codec.encodeJson(VIEW)}) {
      assertThat(isFast(record)).isTrue();
      assertThat(fields.toView()).isEqualTo(VIEW);
      assertThat(fields.viewerId()).isEqualTo(VIEW.getViewerId());
      assertThat(fields.videoId()).isEqualTo(VIEW.getVideoId());
      assertThat(fields.creatorId()).isEqualTo(VIEW.getCreatorId());
      assertThat(fields.viewedAt()).isEqualTo(VIEW.getViewedAt());
      assertThat(fields.watchMs()).isEqualTo(VIEW.getWatchMs());
      assertThat(fields.durationMs()).isEqualTo(VIEW.getDurationMs());
      assertThat(fields.eventId()).hasToString(VIEW.getEventId());
      assertThat(fields.region()).hasToString(VIEW.getRegion());
      assertThat(fields.device()).hasToString(VIEW.getDevice());
      assertThat(fields.surface()).hasToString(VIEW.getSurface());
      assertThat(fields.impressionId()).hasToString(VIEW.getImpressionId());
    }
  }

  @Test
  void decoderSupportsEveryFieldOfTheSchema() {
    assertThat(View.getDescriptor().getFields())
        .as("a new field of View wants a place in ViewFields and in its scanners")
        .extracting(FieldDescriptor::getNumber)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  @Test
  void earlierViewsLeaveNoValuesBehind() {
    assertThat(isFast(codec.encodeJson(VIEW))).isTrue();
    assertThat(isFast("{" + REQUIRED + "}")).isTrue();
    assertThat(fields.eventId().isEmpty()).isTrue();
    assertThat(fields.toView())
        .isEqualTo(
            View.newBuilder()
                .setViewerId(1)
                .setVideoId(2)
                .setCreatorId(3)
                .setViewedAt(1_767_323_045_678L)
                .build());
    assertThat(reason("{}")).isPresent();
    assertThat(fields.toView()).isEqualTo(View.getDefaultInstance());
  }

  @Test
  void decodingAllocatesNoObjects() {
    String ascii = new String(codec.encodeJson(VIEW), UTF_8).replace("é", "=");
    byte[] json =
        ascii.replace("=", "\\u003d").replace("{", "{\"new\":[1,{\"a\":\"b\"}],").getBytes(UTF_8);
    byte[] protobuf =
        protobuf(
            out -> {
              out.writeString(View.EVENT_ID_FIELD_NUMBER, "0f8fad5b-d9cb-469f");
              out.writeInt64(99, -1);
            });
    for (byte[] record : new byte[][] {protobuf, json}) {
      assertThat(isFast(record)).isTrue();
      decodeOften(record);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      decodeOften(record);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      // Asking itself allocates a little; an object a record would be 1,600,000 bytes or more.
      assertThat(allocated).isLessThan(10_000);
    }
  }

  private void decodeOften(byte[] record) {
    for (int i = 0; i < 100_000; i++) {
      if (decoder.decode(record, 0, record.length, fields).isPresent()) {
        throw new AssertionError("refused");
      }
    }
  }

  @Test
  void clockIsReadAgainWhenItsBoundIsInsufficient() {
    AtomicLong now = new AtomicLong(ViewSpecimens.AT.toEpochMilli());
    ViewDecoder moving = new ViewDecoder(() -> Instant.ofEpochMilli(now.get()));
    byte[] ahead = VIEW.toBuilder().setViewedAt(now.get() + 300_001).build().toByteArray();
    assertThat(moving.decode(ahead, fields)).isPresent();
    now.incrementAndGet();
    assertThat(moving.decode(ahead, fields)).isEmpty();
  }

  @Test
  void truncatedRecordsAreDecodedLikeTheCodec() {
    for (byte[] record : new byte[][] {codec.encodeProtobuf(VIEW), codec.encodeJson(VIEW)}) {
      for (int length = 0; length < record.length; length++) {
        reason(Arrays.copyOf(record, length));
      }
    }
  }

  @Test
  void nullAndOversizedRecordsAreRejected() {
    assertThat(decoder.decode(null, fields)).isPresent();
    assertThat(reason("")).isPresent();
    byte[] longest = Arrays.copyOf(codec.encodeJson(VIEW), 65_536);
    Arrays.fill(longest, codec.encodeJson(VIEW).length, longest.length, (byte) ' ');
    assertThat(isFast(longest)).isTrue();
    byte[] tooLong = Arrays.copyOf(longest, 65_537);
    tooLong[65_536] = ' ';
    assertThat(reason(tooLong)).contains("record: 65537 bytes (expected: at most 65536 bytes)");
  }

  @Test
  void partsOutsideOfTheArrayThrow() {
    assertThatThrownBy(() -> decoder.decode(new byte[10], 5, 6, fields))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void unusualProtobufIsDecodedLikeTheGeneratedClass() {
    byte[] overlong =
        protobuf(out -> out.writeRawBytes(new byte[] {40, (byte) 0x87, (byte) 0x80, 0}));
    assertThat(reason(overlong)).isEmpty();
    assertThat(fields.watchMs()).isEqualTo(7);
    // Eleven bytes of a number are too many, known field or not.
    byte[] endless = {40, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    assertThat(reason(protobuf(out -> out.writeRawBytes(endless)))).isPresent();
    endless[0] = 96;
    assertThat(reason(protobuf(out -> out.writeRawBytes(endless)))).isPresent();
    // The low half of a 64-bit number is what a 32-bit field takes.
    assertThat(reason(protobuf(out -> out.writeInt64(5, (5L << 32) + 9)))).isEmpty();
    assertThat(fields.watchMs()).isEqualTo(9);
    assertThat(reason(protobuf(out -> out.writeInt32(5, -1))))
        .contains("watchMs: -1 (expected: 0 or more)");
    // The same -1 in five bytes, as an unsigned field would have it.
    assertThat(reason(protobuf(out -> out.writeUInt32(5, -1))))
        .contains("watchMs: -1 (expected: 0 or more)");
    assertThat(reason(protobuf(out -> out.writeUInt32(6, -1))))
        .contains("durationMs: -1 (expected: 0 or more)");
    // Given twice, the last counts; with another wire type it is another field.
    assertThat(reason(protobuf(out -> out.writeInt64(1, 77)))).isEmpty();
    assertThat(fields.viewerId()).isEqualTo(77);
    assertThat(reason(protobuf(out -> out.writeString(1, "88")))).isEmpty();
    assertThat(fields.viewerId()).isEqualTo(1);
    assertThat(reason(protobuf(out -> out.writeFixed32(7, 1)))).isEmpty();
    assertThat(reason(protobuf(out -> out.writeFixed64(7, 1)))).isEmpty();
    assertThat(reason(protobuf(out -> writeGroup(out, 99)))).isEmpty();
    assertThat(reason(protobuf(out -> out.writeTag(99, 3)))).isPresent();
    assertThat(reason(protobuf(out -> out.writeTag(99, 4)))).isPresent();
    assertThat(reason(protobuf(out -> out.writeTag(99, 6)))).isPresent();
    assertThat(reason(protobuf(out -> out.writeTag(0, 0)))).isPresent();
    assertThat(reason(protobuf(out -> out.writeUInt32NoTag((7 << 3) + 2)))).isPresent();
    assertThat(reason(protobuf(out -> out.writeByteArray(7, new byte[] {(byte) 0xC0, 0}))))
        .isPresent();
    // A length that says more than there is, more than an int, and less than nothing.
    for (long length : new long[] {3, Integer.MAX_VALUE, 1L << 32, (1L << 32) + 2, -1}) {
      byte[] record =
          protobuf(
              out -> {
                out.writeTag(7, 2);
                out.writeUInt64NoTag(length);
                out.writeRawBytes(new byte[] {'o', 'k'});
              });
      reason(record);
    }
  }

  @Test
  void rareJsonIsDecodedLikeTheCodec() {
    assertThat(reason("{" + REQUIRED + ",\"watchMs\":1e3}")).isEmpty();
    assertThat(fields.watchMs()).isEqualTo(1_000);
    assertThat(reason("{" + REQUIRED + ",\"videoId\":9}"))
        .contains("record: more than one $.videoId (expected: each name once in an object)");
    assertThat(reason("{" + REQUIRED + ",\"x\":1,\"x\":1}"))
        .contains("record: more than one $.x (expected: each name once in an object)");
    assertThat(reason("{" + REQUIRED + ",\"x\":{\"a\":1,\"a\":1}}"))
        .contains("record: more than one $.x.a (expected: each name once in an object)");
    assertThat(reason("{" + REQUIRED + ",\"x\":{\"a\":1,\"b\":1}}")).isEmpty();
    assertThat(reason("{" + REQUIRED + ",\"video_id\":9}"))
        .contains("videoId: given also as video_id (expected: one of the two names)");
    assertThat(reason("{" + REQUIRED + ",\"r\\u0065gion\":\"BR\"}")).isEmpty();
    assertThat(fields.region()).hasToString("BR");
    assertThat(reason("{" + REQUIRED + ",\"surface\":\"\\uD83D\\ude00\"}")).isEmpty();
    assertThat(fields.surface()).hasToString("😀");
    assertThat(reason("{" + REQUIRED + ",\"surface\":\"\\uD83D\"}"))
        .contains("surface: an unpaired surrogate (expected: Unicode characters)");
    assertThat(reason("{" + REQUIRED + ",\"surface\":\"" + "語".repeat(2_048) + "\"}")).isEmpty();
    assertThat(reason("{" + REQUIRED + ",\"surface\":\"" + "x".repeat(2_049) + "\"}"))
        .contains("surface: 2049 characters (expected: at most 2048 characters)");
    assertThat(reason("{" + REQUIRED.replace(":1,", ":\"abc\",") + "}"))
        .contains("viewerId: \"abc\" (expected: a 64-bit integer)");
  }

  @Test
  void regionsAndDevicesAreNormalizedOnTheFastPath() {
    View view = VIEW.toBuilder().setRegion("br").setDevice("Apple-TV-4").build();
    for (byte[] record : new byte[][] {codec.encodeProtobuf(view), codec.encodeJson(view)}) {
      assertThat(isFast(record)).isTrue();
      assertThat(fields.toView())
          .isEqualTo(VIEW.toBuilder().setRegion("BR").setDevice("apple-tv-4").build());
    }
    view = VIEW.toBuilder().clearRegion().clearDevice().build();
    assertThat(isFast(codec.encodeJson(view))).isTrue();
  }

  @Test
  void otherRegionsAndDevicesAreLeftToTheCodec() {
    for (String region : new String[] {"B", "BRA", "B1", "b{", "@R", "é"}) {
      View view = VIEW.toBuilder().setRegion(region).build();
      assertThat(isFast(codec.encodeProtobuf(view))).as(region).isFalse();
      assertThat(isFast(codec.encodeJson(view))).as(region).isFalse();
    }
    for (String device : new String[] {"apple tv", "x".repeat(33), "ios:", "[", "`", "é"}) {
      View view = VIEW.toBuilder().setDevice(device).build();
      assertThat(isFast(codec.encodeProtobuf(view))).as(device).isFalse();
      assertThat(isFast(codec.encodeJson(view))).as(device).isFalse();
    }
  }

  @Test
  void protobufTextsAreLimitedInCharacters() {
    View.Builder view = VIEW.toBuilder();
    assertThat(reason(view.setSurface("x".repeat(2_048)).build().toByteArray())).isEmpty();
    assertThat(reason(view.setSurface("語".repeat(2_048)).build().toByteArray())).isEmpty();
    assertThat(fields.surface()).hasToString("語".repeat(2_048));
    for (String character : new String[] {"x", "語", "😀"}) {
      assertThat(reason(view.setSurface(character.repeat(2_049)).build().toByteArray()))
          .contains("surface: 2049 characters (expected: at most 2048 characters)");
    }
  }

  @Test
  void escapesAreDecodedOnTheFastPath() {
    assertThat(
            isFast(
                "{"
                    + REQUIRED
                    + ",\"surface\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00E9\\u8a9e=é\"}"))
        .isTrue();
    assertThat(fields.surface()).hasToString("\"\\/\b\f\n\r\t\u0000é語=é");
  }

  @Test
  void maximumIdsTakeTheFastPathAndLargerOnesAreRejected() {
    assertThat(isFast("{" + REQUIRED.replace(":1,", ":9223372036854775807,") + "}")).isTrue();
    assertThat(fields.viewerId()).isEqualTo(Long.MAX_VALUE);
    Stream.of("9223372036854775808", "9999999999999999999", "18446744073709551617", "1".repeat(65))
        .forEach(
            id -> {
              assertThat(reason("{" + REQUIRED.replace(":1,", ":" + id + ",") + "}")).isPresent();
              assertThat(reason("{" + REQUIRED.replace(":1,", ":\"" + id + "\",") + "}"))
                  .isPresent();
            });
  }

  @Test
  void unknownValuesOfAnyDepthAreSkippedWithoutStackOverflow() {
    for (int depth : new int[] {1, 59, 60, 61, 63, 64, 65, 1_000, 30_000}) {
      reason("{" + REQUIRED + ",\"new\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
      reason(
          "{"
              + REQUIRED
              + ",\"new\":"
              + "{\"a\":".repeat(depth / 2)
              + "1"
              + "}".repeat(depth / 2)
              + "}");
      reason("{" + REQUIRED + ",\"new\":" + "[".repeat(depth));
    }
    assertThat(isFast("{" + REQUIRED + ",\"new\":" + "[".repeat(60) + "]".repeat(60) + "}"))
        .isTrue();
  }

  @Test
  void unknownNumbersOfAnyLengthAreDecodedLikeTheCodec() {
    for (int digits : new int[] {63, 64, 65, 1_000, 1_100, 30_000}) {
      reason("{" + REQUIRED + ",\"new\":" + "1".repeat(digits) + "}");
      reason("{" + REQUIRED + ",\"new\":0." + "1".repeat(digits) + "e" + "1".repeat(digits) + "}");
    }
  }

  @Test
  void malformedJsonIsRejectedAtAnyPosition() {
    Stream.of(
            ",\"new\":[1,]",
            ",\"new\":[1 2]",
            ",\"new\":{\"a\":1,}",
            ",\"new\":{\"a\"}",
            ",\"new\":{1:1}",
            ",\"new\":[}",
            ",\"new\":{]",
            ",\"new\":tru",
            ",\"new\":truex",
            ",\"new\":01",
            ",\"new\":1.",
            ",\"new\":.1",
            ",\"new\":-",
            ",\"new\":1e",
            ",\"new\":+1",
            ",\"new\":\"\\u00g0\"",
            ",\"new\":\"\\u00\"",
            ",\"new\":\"\\",
            ",\"new\":\"a\nb\"",
            ",\"new\"",
            ",\"new\":",
            ",",
            ",,",
            "}",
            " x",
            ",\"watchMs\":1x",
            ",\"watchMs\":\"1",
            ",\"watchMs\":1.",
            ",\"region\":\"",
            ",\"region\":BR",
            ",\"region\":nul",
            ",new:1")
        .forEach(end -> assertThat(reason("{" + REQUIRED + end + "}")).as(end).isPresent());
    assertThat(reason("{" + REQUIRED)).isPresent();
    assertThat(reason("{" + REQUIRED + "}}")).isPresent();
    assertThat(reason("{" + REQUIRED + "}\u0000")).isPresent();
    assertThat(reason("{" + REQUIRED + "} \n")).isEmpty();
  }

  @Test
  void invalidUtf8IsRejectedAtAnyPosition() {
    for (String place :
        new String[] {"\"~\":1", "\"new\":\"~\"", "\"surface\":\"~\"", "\"new\":[{\"~\":0}]"}) {
      byte[] record = ("{" + REQUIRED + "," + place + "}").getBytes(UTF_8);
      assertThat(isFast(record)).isTrue();
      record[new String(record, UTF_8).indexOf('~')] = (byte) 0x80;
      assertThat(reason(record))
          .contains("record: invalid UTF-8 (expected: one JSON object in UTF-8)");
    }
  }
}
