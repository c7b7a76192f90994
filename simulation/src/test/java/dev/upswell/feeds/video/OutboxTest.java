package dev.upswell.feeds.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Video;
import dev.upswell.simulation.memory.MemoryOutbox;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int ENTRIES = 4;

  /** Applies changes to a set as the store does, and compares it with all videos. */
  private static final class Written {
    private final Outbox outbox = new Outbox(ENTRIES);
    private final MemoryOutbox state = new MemoryOutbox();
    private final TreeSet<Long> store = new TreeSet<>();
    private final TreeSet<Long> all = new TreeSet<>();

    void add(long id) {
      all.add(id);
      write(outbox.add(state, id, state.put(change(id))));
    }

    void remove(long id) {
      all.remove(id);
      write(outbox.remove(state, id, state.remove(id)));
    }

    private void write(OutboxChange change) {
      LongStream.of(change.added()).forEach(store::add);
      for (long id : change.removed()) {
        store.remove(id);
        assertThat(store.size() >= ENTRIES || store.equals(all)).isTrue();
      }
      while (store.size() > ENTRIES) {
        store.pollFirst();
      }
    }

    List<Long> newest() {
      return List.copyOf(all.descendingSet()).subList(0, Math.min(ENTRIES, all.size()));
    }

    private static VideoChange change(long id) {
      Video video = Video.newBuilder().setVideoId(id).setCreatorId(7).build();
      return new VideoChange(7, video, 0, VideoChange.Kind.SHOWN);
    }
  }

  @Property
  void storeHasTheNewestVideosAfterAnyChanges(
      @ForAll @Size(max = 80) List<@IntRange(min = -30, max = 30) Integer> changes) {
    Written written = new Written();
    for (int change : changes) {
      if (change < 0) {
        written.remove(-change);
      } else {
        written.add(change + 1);
      }
      assertThat(List.copyOf(written.store.descendingSet())).isEqualTo(written.newest());
    }
    assertThat(written.outbox.entries(written.state))
        .containsExactly(written.store.stream().mapToLong(Long::longValue).toArray());
  }

  @Test
  void videosBehindManyRemovedOnesComeBack() {
    Written written = new Written();
    LongStream.rangeClosed(1, 520).forEach(written::add);

    LongStream.rangeClosed(21, 520).forEach(written::remove);

    assertThat(written.store).containsExactly(17L, 18L, 19L, 20L);
  }

  @Test
  void repeatedAdditionIsWrittenAgain() {
    Written written = new Written();
    written.add(1);

    OutboxChange again = written.outbox.add(written.state, 1, false);

    assertThat(again.added()).containsExactly(1);
    assertThat(written.state.newest()).containsExactly(1);
  }

  @Test
  void removalOfAnUnknownVideoIsWritten() {
    Written written = new Written();
    List<Long> removed = new ArrayList<>();

    OutboxChange change = written.outbox.remove(written.state, 9, false);

    LongStream.of(change.removed()).forEach(removed::add);
    assertThat(removed).containsExactly(9L);
    assertThat(change.added()).isEmpty();
  }

  @Test
  void videoThatTheStoreEvictedForARemovedOneComesBack() {
    Written written = new Written();
    written.add(1);
    // The store is ahead of the state after a failure.
    written.store.addAll(List.of(2L, 3L, 4L));
    written.add(5);
    assertThat(written.store).containsExactly(2L, 3L, 4L, 5L);

    written.store.remove(5L);
    LongStream.of(written.outbox.remove(written.state, 5, written.state.remove(5)).added())
        .forEach(written.store::add);

    assertThat(written.store).containsExactly(1L, 2L, 3L, 4L);
  }
}
