package dev.upswell.views.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.UnknownFieldSet;
import dev.upswell.contract.EventCheck;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Views and bytes that are nearly views, for properties. */
final class ViewArbitraries {
  private static final String BACKSLASH = "\\";

  private ViewArbitraries() {}

  /** Views that keep every rule. */
  static Arbitrary<View> views() {
    Arbitrary<Long> ids = Arbitraries.longs().between(1, Long.MAX_VALUE);
    Arbitrary<Long> times =
        Arbitraries.longs()
            .between(
                EventCheck.EARLIEST_MILLIS, ViewSpecimens.CLOCK.millis() + EventCheck.AHEAD_MILLIS);
    Arbitrary<Integer> durations = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    Arbitrary<List<String>> texts =
        Combinators.combine(texts().list().ofSize(3), regions(), devices())
            .as(
                (some, region, device) ->
                    List.of(some.get(0), region, device, some.get(1), some.get(2)));
    return Combinators.combine(ids, ids, ids, times, durations, durations, texts)
        .as(
            (viewer, video, creator, at, watch, duration, text) ->
                View.newBuilder()
                    .setViewerId(viewer)
                    .setVideoId(video)
                    .setCreatorId(creator)
                    .setViewedAt(at)
                    .setWatchMs(watch)
                    .setDurationMs(duration)
                    .setEventId(text.get(0))
                    .setRegion(text.get(1))
                    .setDevice(text.get(2))
                    .setSurface(text.get(3))
                    .setImpressionId(text.get(4))
                    .build());
  }

  private static Arbitrary<String> regions() {
    return Arbitraries.strings()
        .withCharRange('A', 'Z')
        .ofLength(2)
        .optional(0.8)
        .map(region -> region.orElse(""));
  }

  private static Arbitrary<String> devices() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('0', '9')
        .withChars('-')
        .ofMaxLength(32);
  }

  /** Returns a view with region and device in the form of the codec. */
  static View normalized(View view) {
    return view.toBuilder()
        .setRegion(view.getRegion().toUpperCase(Locale.ROOT))
        .setDevice(view.getDevice().toLowerCase(Locale.ROOT))
        .build();
  }

  private static Arbitrary<String> texts() {
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
            .list()
            .ofMaxSize(12)
            .map(points -> points.stream().map(Character::toString).collect(Collectors.joining()));
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.of("", "BR", "android", "for-you", "a=b&c<d>'\"/\\\u0000\n\u2028")),
        Tuple.of(4, any),
        Tuple.of(1, Arbitraries.of("x", "é", "語").map(unit -> unit.repeat(600))));
  }

  /** Unknown fields of Protobuf, as a newer writer would add them. */
  static Arbitrary<byte[]> unknownFields() {
    Arbitrary<UnknownFieldSet.Field> fields =
        Combinators.combine(
                Arbitraries.longs(),
                Arbitraries.integers(),
                texts(),
                Arbitraries.integers().between(0, 3))
            .as(
                (varint, fixed, text, kind) -> {
                  UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
                  switch (kind) {
                    case 0 -> field.addVarint(varint);
                    case 1 -> field.addFixed32(fixed);
                    case 2 -> field.addFixed64(varint);
                    default ->
                        field.addLengthDelimited(com.google.protobuf.ByteString.copyFromUtf8(text));
                  }
                  return field.build();
                });
    return Combinators.combine(Arbitraries.integers().between(12, 536_870_911), fields)
        .as(
            (number, field) ->
                UnknownFieldSet.newBuilder().addField(number, field).build().toByteArray());
  }

  /** Unknown members of JSON, of any nesting that is read, without duplicate names. */
  static Arbitrary<String> unknownMembers() {
    Arbitrary<String> names = Arbitraries.of("x", "viewerIds", "viewer", "watchm", "é", "", "_");
    return Combinators.combine(names, jsonValues())
        .as((name, value) -> "\"" + name + "\":" + value);
  }

  /** JSON values of any nesting; objects with one member at most, which the fast path reads. */
  private static Arbitrary<String> jsonValues() {
    Arbitrary<String> scalars =
        Arbitraries.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-12.5e+3",
            "1E9",
            "0.0001",
            "\"\"",
            "\"a\\\"b\"",
            "\"\\u0000\\ud800\\n\"",
            "\"{[,:\"",
            "{}",
            "[]",
            "[ ]",
            "{ }",
            "\"é語😀\"");
    return Arbitraries.lazyOf(
        () -> scalars,
        () -> scalars,
        () -> jsonValues().list().ofMaxSize(3).map(it -> "[" + String.join(" , ", it) + "]"),
        () ->
            jsonValues()
                .list()
                .ofMaxSize(1)
                .map(
                    it ->
                        it.stream()
                            .map(v -> "\"k\": " + v)
                            .collect(Collectors.joining(",", "{", "\n}"))));
  }

  /** JSON objects of members that are each nearly right. */
  static Arbitrary<byte[]> nearlyJson() {
    Arbitrary<String> names =
        Arbitraries.of(
            "viewerId",
            "viewer_id",
            "videoId",
            "video_id",
            "creatorId",
            "creator_id",
            "viewedAt",
            "viewed_at",
            "watchMs",
            "watch_ms",
            "durationMs",
            "duration_ms",
            "eventId",
            "event_id",
            "region",
            "device",
            "surface",
            "impressionId",
            "impression_id",
            "viewer\\u0049d",
            "x",
            "viewerID",
            "Region");
    Arbitrary<String> values =
        Arbitraries.of(
            "1",
            "\"1\"",
            "0",
            "\"0\"",
            "-0",
            "-1",
            "\"-1\"",
            "00",
            "\"00\"",
            "\"007\"",
            "\"+5\"",
            "1.0",
            "1.5",
            "1e3",
            "\"1e3\"",
            "1E+3",
            "1e",
            "1.",
            "\"\"",
            "\" 1\"",
            "null",
            "\"null\"",
            "true",
            "[1]",
            "[]",
            "{}",
            "9223372036854775807",
            "\"9223372036854775807\"",
            "9223372036854775808",
            "\"9223372036854775808\"",
            "9999999999999999999",
            "\"10000000000000000000\"",
            "18446744073709551617",
            "2147483647",
            "2147483648",
            "1767323045678",
            "\"1767323045678\"",
            "1767323045678.0",
            "99999999999999",
            "\"١٢\"",
            "\"BR\"",
            "\"br\"",
            "\"Brazil\"",
            "\"B1\"",
            "\"iOS\"",
            "\"apple-tv-4\"",
            "\"apple tv\"",
            "\"\\u00e9\\/\\b\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\uD7FF\"",
            "\"\\\\ud83d\"",
            "\"a\tb\"",
            "\"\\x\"",
            "nul",
            "nullx",
            "1x");
    Arbitrary<String> members =
        Combinators.combine(names, values).as((name, value) -> "\"" + name + "\":" + value);
    // Begun with what is right, so that a fair share of the objects is right as a whole.
    List<String> right =
        List.of(
            "\"viewerId\":1", "\"videoId\":\"2\"", "\"creatorId\":3", "\"viewedAt\":1767323045678");
    return Combinators.combine(
            members.list().ofMaxSize(3),
            Arbitraries.subsetOf(right),
            Arbitraries.of("", " ", "x", "}", ",", "\u0000"),
            Arbitraries.integers().between(0, 9))
        .as(
            (odd, usual, trailing, chance) -> {
              List<String> all = new ArrayList<>(chance < 8 ? right : usual);
              all.addAll(odd);
              return ("{" + String.join(",", all) + "}" + (chance == 9 ? trailing : ""))
                  .getBytes(UTF_8);
            });
  }

  /** The bytes of a view in either encoding after a few changes at random places. */
  static Arbitrary<byte[]> mutated() {
    EventCodec<View> codec = new EventCodec<>(EventType.VIEWS, ViewSpecimens.CLOCK);
    Arbitrary<byte[]> records =
        Combinators.combine(views(), Arbitraries.of(true, false))
            .as((view, json) -> json ? codec.encodeJson(view) : codec.encodeProtobuf(view));
    Arbitrary<Tuple2<Integer, Integer>> change =
        Combinators.combine(Arbitraries.integers().between(0, 1_000_000), oddBytes()).as(Tuple::of);
    return Combinators.combine(
            records, change.list().ofMinSize(1).ofMaxSize(4), Arbitraries.integers().between(0, 4))
        .as(ViewArbitraries::mutate);
  }

  private static Arbitrary<Integer> oddBytes() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 255),
        ("\"{}[],:0123456789eE+-." + BACKSLASH + "untrfalsed \t\n\u0000\u007f")
            .chars()
            .boxed()
            .collect(Collectors.collectingAndThen(Collectors.toList(), Arbitraries::of)),
        Arbitraries.of(0x80, 0xFF, 0x7F, 0x08, 0x0B, 0x0C, 0x3A, 0xC0, 0xED));
  }

  private static byte[] mutate(byte[] record, List<Tuple2<Integer, Integer>> changes, int kind) {
    List<Byte> bytes = new ArrayList<>();
    for (byte each : record) {
      bytes.add(each);
    }
    for (Tuple2<Integer, Integer> change : changes) {
      int at = change.get1() % Math.max(1, bytes.size());
      byte odd = (byte) (int) change.get2();
      switch (bytes.isEmpty() ? 1 : kind) {
        case 0 -> bytes.set(at, odd);
        case 1 -> bytes.add(at, odd);
        case 2 -> bytes.remove(at);
        case 3 -> bytes.subList(at, bytes.size()).clear();
        default -> bytes.addAll(at, List.copyOf(bytes.subList(at / 2, at)));
      }
    }
    byte[] mutated = new byte[bytes.size()];
    for (int i = 0; i < mutated.length; i++) {
      mutated[i] = bytes.get(i);
    }
    return mutated;
  }
}
