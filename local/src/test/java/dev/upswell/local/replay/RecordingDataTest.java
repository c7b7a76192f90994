package dev.upswell.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.upswell.contract.EventType;
import dev.upswell.local.events.CollectedEvents;
import dev.upswell.processes.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the Higgs dataset, where it is, and finds in it what others counted. */
class RecordingDataTest {
  private final Path directory = Home.directory().resolve("../shared/data/higgs");

  @BeforeEach
  void filesAreThere() {
    assumeTrue(Files.isDirectory(directory), "skipped: no Higgs dataset in " + directory);
  }

  @Test
  void filesMatchTheirReadme() throws IOException {
    Recording recording = Recording.read(directory);
    assertThat(recording.activities())
        .hasSize(563_069)
        .isSortedAccordingTo(Comparator.comparingLong(Activity::at));
    assertThat(recording.activities().stream().filter(a -> a.kind() == Activity.Kind.RT))
        .hasSize(354_930);
    FollowGraph graph = recording.graph();
    assertThat(graph.size()).isEqualTo(328_132);
    assertThat(IntStream.range(0, graph.size()).filter(i -> graph.followee(i) == 88).count())
        .isEqualTo(14_060);
  }

  @Test
  void authorsPublishInAsManyHoursAsSomebodyActedOnThem() throws IOException {
    Recording recording = Recording.read(directory);
    CollectedEvents events = new CollectedEvents();
    HiggsEvents higgs = new HiggsEvents(events, 3_600L * 100_000);
    recording.activities().forEach(higgs::activity);
    long pairs =
        recording.activities().stream()
            .map(activity -> activity.author() + "@" + activity.at() / 3_600)
            .distinct()
            .count();
    assertThat(higgs.videos()).isEqualTo(pairs);
    assertThat(events.of(EventType.VIEWS)).hasSize(563_069);
  }
}
