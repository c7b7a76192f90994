package dev.upswell.api.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CursorCodecTest {
  private static final long USER = 42;
  private static final long BELOW = 853_437_914_417_225_728L;
  private static final String SECRET = "a secret of many letters";
  private static final Duration LIFE = Duration.ofHours(24);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T04:00:00Z"));

  private CursorCodec cursors(String... secrets) {
    return CursorCodec.of(new CursorOptions(List.of(secrets), LIFE), now::get);
  }

  @Test
  void cursorsAreAcceptedByOtherInstances() {
    String cursor = cursors(SECRET).seal(USER, BELOW);

    assertThat(cursor).hasSize(40).matches("[A-Za-z0-9_-]+");
    assertThat(cursors(SECRET).open(USER, cursor)).hasValue(BELOW);
    assertThat(cursors(SECRET).seal(USER, 1)).as("as long for every place").hasSize(40);
  }

  @Test
  void cursorIsRejectedForOtherUsers() {
    CursorCodec cursors = cursors(SECRET);
    assertThat(cursors.open(43, cursors.seal(USER, BELOW))).isEmpty();
    assertThat(cursors("another secret of letters").open(USER, cursors.seal(USER, BELOW)))
        .isEmpty();
    assertThat(cursors().open(USER, cursors().seal(USER, BELOW)))
        .as("made up by each instance")
        .isEmpty();
  }

  @Test
  void cursorWithAnyFlippedBitIsRejected() {
    CursorCodec cursors = cursors(SECRET);
    byte[] bytes = Base64.getUrlDecoder().decode(cursors.seal(USER, BELOW));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] forged = bytes.clone();
      forged[bit / 8] ^= (byte) (1 << (bit % 8));
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
      assertThat(cursors.open(USER, text)).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void invalidTextsAreRejected() {
    CursorCodec cursors = cursors(SECRET);
    String cursor = cursors.seal(USER, BELOW);
    for (String text :
        List.of("", "x", "A".repeat(40), "=".repeat(40), "ü".repeat(40), "A".repeat(1 << 20))) {
      assertThat(cursors.open(USER, text)).isEmpty();
    }
    assertThat(cursors.open(USER, cursor.substring(1))).isEmpty();
    assertThat(cursors.open(USER, cursor + "A")).isEmpty();
  }

  @Test
  void expiredCursorIsRejected() {
    CursorCodec cursors = cursors(SECRET);
    String cursor = cursors.seal(USER, BELOW);
    now.updateAndGet(before -> before.plus(LIFE));
    assertThat(cursors.open(USER, cursor)).hasValue(BELOW);
    now.updateAndGet(before -> before.plusSeconds(1));
    assertThat(cursors.open(USER, cursor)).isEmpty();
  }

  @Test
  void oldSecretsAreAcceptedAndTheFirstSigns() {
    String old = cursors(SECRET).seal(USER, BELOW);
    CursorCodec both = cursors("the secret that comes next", SECRET);

    assertThat(both.open(USER, old)).hasValue(BELOW);
    assertThat(cursors("the secret that comes next").open(USER, both.seal(USER, BELOW)))
        .hasValue(BELOW);
    assertThat(cursors("the secret that comes next").open(USER, old)).isEmpty();
  }

  @Test
  void shortSecretsAreRejectedAndNonePrinted() {
    assertThatThrownBy(() -> cursors("short"))
        .hasMessage("cursor.secret: 5 characters (expected: 16 or more)");
    assertThat(new CursorOptions(List.of(SECRET), LIFE).toString()).doesNotContain(SECRET);
  }
}
