package dev.upswell.views.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.View;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextSliceTest {
  private final ViewDecoder decoder = new ViewDecoder(ViewSpecimens.CLOCK);

  private static View view(String eventId) {
    return View.newBuilder()
        .setViewerId(1)
        .setVideoId(2)
        .setCreatorId(3)
        .setViewedAt(1_767_323_045_678L)
        .setEventId(eventId)
        .build();
  }

  private long hash(byte[] record) {
    ViewFields fields = new ViewFields();
    assertThat(decoder.decode(record, fields)).isEmpty();
    return fields.eventId().hash64();
  }

  /** With an id as it stands between the quotes. */
  private long hashOfJson(String written) {
    return hash(
        ("{\"viewerId\":1,\"videoId\":2,\"creatorId\":3,\"viewedAt\":1767323045678,\"eventId\":\""
                + written
                + "\"}")
            .getBytes(UTF_8));
  }

  private static String escaped(String text) {
    StringBuilder escapes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      escapes.append("\\u%04x".formatted((int) text.charAt(i)));
    }
    return escapes.toString();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40),
        Arbitraries.strings().withChars('a', 'é', '語', '"', '\\', '/', '\n', '\0').ofMaxLength(40));
  }

  @Property
  void equalTextsHaveEqualHashesInAnyEncodingAndEscaping(@ForAll("texts") String id) {
    EventCodec<View> codec = new EventCodec<>(EventType.VIEWS, ViewSpecimens.CLOCK);
    long hash = hash(codec.encodeProtobuf(view(id)));
    assertThat(hash(codec.encodeJson(view(id)))).isEqualTo(hash);
    assertThat(hashOfJson(escaped(id))).isEqualTo(hash);
  }

  @Test
  void surrogatePairsHaveEqualHashes() {
    long hash = hash(view("a😀b").toByteArray());
    assertThat(hashOfJson("a😀b")).isEqualTo(hash);
    assertThat(hashOfJson("a\\ud83d\\ude00b")).isEqualTo(hash);
  }

  @Test
  void similarTextsHaveDifferentHashes() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      hashes.add(hash(view(Integer.toString(i)).toByteArray()));
      hashes.add(hash(view("0f8fad5b-d9cb-469f-a165-" + i).toByteArray()));
    }
    for (int zeros = 0; zeros < 40; zeros++) {
      hashes.add(hash(view("\0".repeat(zeros) + "x").toByteArray()));
    }
    assertThat(hashes).hasSize(200_040);
  }
}
