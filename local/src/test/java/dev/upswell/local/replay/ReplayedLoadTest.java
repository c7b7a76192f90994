package dev.upswell.local.replay;

import static dev.upswell.local.replay.HiggsFiles.SIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.local.events.CollectedEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayedLoadTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:34:56Z");

  @TempDir Path directory;
  private final CollectedEvents events = new CollectedEvents();

  @BeforeEach
  void writeFiles() throws IOException {
    HiggsFiles.write(
        directory,
        "1 88 2\n2 88 1\n3 99 1\n4 99 5\n5 99 1\n",
        "1 88 %d RT\n3 99 %d MT\n4 99 %d RE\n"
            .formatted(SIX + 1_800, SIX + 1_801, SIX + 1_800 + 7_200));
  }

  @Test
  void followsPrecedeActivityThatEndsInTheHourBeforeNow() {
    try (ReplayedLoad load = new ReplayedLoad(directory, 100_000, events, NOW)) {
      load.sendInitialState();
      load.start();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> load.done() >= 1);
      assertThat(load.videos()).isEqualTo(3);
    }
    assertThat(events.of(EventType.FOLLOWS))
        .hasSize(5)
        .allMatch(follow -> follow.getType() == Follow.Type.FOLLOW);
    var sessions = events.of(EventType.SESSIONS);
    assertThat(sessions).extracting(Session::getUserId).containsExactly(1L, 3L, 4L);
    long first = sessions.get(0).getAt();
    long last = sessions.get(2).getAt();
    // The minutes of the recording stay what they were.
    assertThat(Instant.ofEpochMilli(last)).isEqualTo(Instant.parse("2026-05-01T12:30:00Z"));
    assertThat(last - first).isEqualTo(Duration.ofHours(2).toMillis());
    assertThat(events.of(EventType.FOLLOWS)).allMatch(follow -> follow.getAt() < first);
  }

  @Test
  void comparedUsersAreActiveAndIncludeFollowersOfTheCelebrity() {
    try (ReplayedLoad load = new ReplayedLoad(directory, 1, events, NOW)) {
      assertThat(load.activeFollowers(88, 1)).containsExactly(1L, 3L);
      assertThat(load.activeFollowers(88, 10)).containsExactly(1L, 3L, 4L);
      assertThat(load.activeFollowers(99, 1)).containsExactly(1L, 3L, 4L);
    }
  }

  @Test
  void readersAreActiveAndSelectedUsers() {
    try (ReplayedLoad load = new ReplayedLoad(directory, 100_000, events, NOW)) {
      assertThat(load.reader()).isZero();
      load.sendInitialState();
      load.start();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> load.done() >= 1);
      assertThat(load.reader()).isIn(1L, 3L, 4L);
      load.readOnly(Set.of(2L, 4L));
      assertThat(load.reader()).isEqualTo(4);
      load.readOnly(Set.of(2L));
      assertThat(load.reader()).isZero();
    }
  }

  @Test
  void folderWithoutARecordingIsNamed() {
    Path elsewhere = directory.resolve("elsewhere");
    assertThatThrownBy(() -> new ReplayedLoad(elsewhere, 1, events, NOW))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(elsewhere.toString());
  }
}
