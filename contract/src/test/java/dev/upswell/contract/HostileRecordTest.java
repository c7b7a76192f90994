package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.upswell.contract.events.View;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that want to break the reader, which answers every one of them with a reason. */
class HostileRecordTest {
  private static final EventCodec<View> VIEWS = new EventCodec<>(EventType.VIEWS, Specimens.CLOCK);

  static List<EventType<?>> types() {
    return EventType.all();
  }

  private static String reason(byte[] record) {
    Decoded<View> decoded = VIEWS.decode(record);
    assertThat(decoded).isInstanceOf(Decoded.Bad.class);
    return ((Decoded.Bad<View>) decoded).reason();
  }

  private static String reason(String record) {
    return reason(record.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("types")
  <T extends Message> void truncatedRecordIsNeverTheEvent(EventType<T> type) {
    EventCodec<T> codec = new EventCodec<>(type, Specimens.CLOCK);
    T event = Specimens.of(type);
    for (byte[] record : List.of(codec.encodeProtobuf(event), codec.encodeJson(event))) {
      IntStream.range(0, record.length)
          .mapToObj(length -> codec.decode(Arrays.copyOf(record, length)))
          .forEach(decoded -> assertThat(decoded).isNotEqualTo(new Decoded.Good<>(event)));
    }
  }

  @Test
  void malformedRecordsAreRejected() {
    String expected = " (expected: View in Protobuf, or in JSON with '{' as the first byte)";
    assertThat(((Decoded.Bad<View>) VIEWS.decode(null)).reason())
        .isEqualTo("record: null" + expected);
    assertThat(reason("")).isEqualTo("record: 0 bytes" + expected);
    assertThat(reason("hello, world")).isEqualTo("record: malformed Protobuf" + expected);
    assertThat(reason("[{\"viewerId\":1}]")).isEqualTo("record: malformed Protobuf" + expected);
  }

  @Test
  void recordOf64KiBIsReadAndALargerOneRejected() {
    byte[] event = VIEWS.encodeJson(Specimens.of(EventType.VIEWS));
    byte[] longest = Arrays.copyOf(event, 65_536);
    Arrays.fill(longest, event.length, longest.length, (byte) ' ');
    assertThat(VIEWS.decode(longest)).isInstanceOf(Decoded.Good.class);
    byte[] tooLong = Arrays.copyOf(longest, 65_537);
    tooLong[65_536] = ' ';
    assertThat(reason(tooLong)).isEqualTo("record: 65537 bytes (expected: at most 65536 bytes)");
    Decoded<View> ofText = VIEWS.decodeJson(new String(tooLong, UTF_8));
    assertThat(((Decoded.Bad<View>) ofText).reason())
        .isEqualTo("record: 65537 bytes (expected: at most 65536 bytes)");
    Decoded<View> ofWideText = VIEWS.decodeJson("{\"device\":\"" + "é".repeat(40_000) + "\"}");
    assertThat(((Decoded.Bad<View>) ofWideText).reason())
        .isEqualTo("record: 80013 bytes (expected: at most 65536 bytes)");
  }

  @Test
  void deeplyNestedJsonIsRejected() {
    for (String opening : List.of("[", "{\"a\":")) {
      String deep = "{\"x\":" + opening.repeat(60_000 / opening.length());
      assertThat(reason(deep)).startsWith("record: malformed JSON at $.x");
    }
  }

  @Test
  void jsonIsReadToADepthOf64AndNoDeeper() {
    EventCodec<View> codec = new EventCodec<>(EventType.VIEWS, Specimens.CLOCK);
    String event = new String(codec.encodeJson(Specimens.of(EventType.VIEWS)), UTF_8);
    String opened = event.substring(0, event.length() - 1) + ",\"x\":";
    assertThat(codec.decodeJson(opened + "[".repeat(63) + "]".repeat(63) + "}"))
        .isInstanceOf(Decoded.Good.class);
    assertThat(reason(opened + "[".repeat(64) + "]".repeat(64) + "}"))
        .startsWith("record: malformed JSON at $.x");
  }

  @Test
  void deeplyNestedProtobufGroupsAreRejected() {
    byte[] deep = new byte[65_536];
    int startOfAGroupInField4 = (4 << 3) + 3;
    Arrays.fill(deep, (byte) startOfAGroupInField4);
    assertThat(reason(deep)).startsWith("record: malformed Protobuf");
  }

  @Test
  void veryLongNumbersAreRejected() {
    String digits = "9".repeat(60_000);
    assertThat(reason("{\"viewerId\":\"" + digits + "\"}")).startsWith("viewerId: \"9999");
    // The limit stands at 64 characters, before anything tries to read the number.
    String longest = "0".repeat(63) + "1";
    assertThat(reason("{\"viewerId\":\"" + longest + "\"}")).startsWith("videoId: missing");
    assertThat(reason("{\"viewerId\":\"0" + longest + "\"}")).startsWith("viewerId: \"0000");
    assertThat(reason("{\"viewerId\":" + digits + "}")).startsWith("record: malformed JSON");
    assertThat(reason("{\"viewerId\":1e" + "9".repeat(50) + "}")).startsWith("viewerId: 1e999");
    assertThat(reason("{\"viewerId\":1e-999999999}")).startsWith("viewerId: 1e-999999999");
  }

  @Test
  void lenientJsonIsRejected() {
    Stream.of(
            "{'viewerId':1}",
            "{viewerId:1}",
            "{\"viewerId\":1,}",
            "{\"viewerId\":1;\"videoId\":2}",
            "{\"viewerId\"=1}",
            "{\"viewerId\":01}",
            "{\"viewerId\":+1}",
            "{\"viewerId\":.5}",
            "{\"viewerId\":NaN}",
            "{\"viewerId\":True}",
            "{\"viewerId\":1}/*x*/",
            "{\"viewerId\":1}//x",
            "{\"viewerId\":1}{}",
            "{\"viewerId\":1}x",
            "{\"viewerId\":1}\u0000",
            "{\"device\":\"a\nb\"}",
            "{\"device\":\"a\u0001b\"}",
            "{\"device\":\"\\x\"}",
            "{\"device\":\"\\'\"}",
            "{\"device\":\"\\u12g4\"}",
            "{\"device\":\"\\u12\"}")
        .forEach(json -> assertThat(reason(json)).as(json).startsWith("record: malformed JSON"));
  }

  @Test
  void invalidUnicodeIsRejected() {
    assertThat(reason("{\"device\":\"\\ud83d\"}"))
        .isEqualTo("device: an unpaired surrogate (expected: Unicode characters)");
    assertThat(reason("{\"device\":\"\\ude00\\ud83d\"}"))
        .isEqualTo("device: an unpaired surrogate (expected: Unicode characters)");
    byte[] invalid = "{\"device\":\"?\"}".getBytes(UTF_8);
    invalid[11] = (byte) 0xFF;
    assertThat(reason(invalid))
        .isEqualTo("record: invalid UTF-8 (expected: one JSON object in UTF-8)");
    View view = View.newBuilder().setDevice("?").build();
    byte[] protobuf = view.toByteArray();
    protobuf[protobuf.length - 1] = (byte) 0xFF;
    assertThat(reason(protobuf)).startsWith("record: malformed Protobuf");
  }

  @Test
  void reasonsAreOneShortLine() {
    assertThat(reason("{\"viewerId\":\"" + "x\\n".repeat(20_000) + "\"}"))
        .hasLineCount(1)
        .hasSizeLessThan(200);
    assertThat(reason("{\"" + "n".repeat(60_000) + "\":}")).hasLineCount(1).hasSizeLessThan(200);
  }
}
