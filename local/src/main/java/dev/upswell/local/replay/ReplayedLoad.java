package dev.upswell.local.replay;

import dev.upswell.local.events.EventSink;
import dev.upswell.local.events.Load;
import dev.upswell.local.events.PacedLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** A recorded week, played faster than it was. */
public final class ReplayedLoad implements Load {
  private static final long MINUTE = 60;
  private static final int RECENT = 10_000;
  private static final int TRIES = 100;

  private final Recording recording;
  private final int speed;
  private final HiggsEvents events;
  private final RandomGenerator random = new SplittableRandom(1);
  private Optional<PacedLoop> loop = Optional.empty();
  private volatile int next;
  private volatile long videos;
  private long second;
  private Set<Long> readers = Set.of();

  /**
   * Reads the recording.
   *
   * @param speed seconds of the recording a second
   * @param now the recording's end is moved to the hour before it
   * @throws UncheckedIOException when the files cannot be read
   */
  public ReplayedLoad(Path directory, int speed, EventSink sink, Instant now) {
    try {
      this.recording = Recording.read(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the recording in " + directory, e);
    }
    this.speed = speed;
    this.events = new HiggsEvents(sink, recording.shiftTo(now));
    this.second = recording.first();
  }

  @Override
  public void sendInitialState() {
    events.follows(recording.graph(), recording.first() - MINUTE);
  }

  @Override
  public void start() {
    loop = Optional.of(new PacedLoop("replay", () -> speed, this::nextSecond));
  }

  @Override
  public double done() {
    loop.ifPresent(PacedLoop::isRunning);
    return next / (double) recording.activities().size();
  }

  @Override
  public long videos() {
    return videos;
  }

  /** Returns one of the last active users. */
  @Override
  public synchronized long reader() {
    int played = next;
    int newest = Math.min(played, RECENT);
    for (int i = 0; newest > 0 && i < TRIES; i++) {
      long user = recording.activities().get(played - 1 - random.nextInt(newest)).actor();
      if (readers.isEmpty() || readers.contains(user)) {
        return user;
      }
    }
    return 0;
  }

  /** Restricts readers to these users. */
  public synchronized void readOnly(Set<Long> users) {
    readers = Set.copyOf(users);
  }

  /**
   * Returns active users with followees.
   *
   * @param celebrity all active followers of this user are included
   * @param others number of further users, or as many as the recording has
   */
  public Set<Long> activeFollowers(int celebrity, int others) {
    int[] active =
        recording.activities().stream().mapToInt(Activity::actor).sorted().distinct().toArray();
    Set<Long> chosen = new TreeSet<>();
    Set<Integer> rest = new TreeSet<>();
    for (int i = 0; i < recording.graph().size(); i++) {
      int follower = recording.graph().follower(i);
      if (Arrays.binarySearch(active, follower) >= 0) {
        if (recording.graph().followee(i) == celebrity) {
          chosen.add((long) follower);
        } else {
          rest.add(follower);
        }
      }
    }
    List<Integer> candidates = rest.stream().filter(id -> !chosen.contains((long) id)).toList();
    int step = Math.max(1, candidates.size() / others);
    for (int i = 0; i < candidates.size() && i / step < others; i += step) {
      chosen.add((long) candidates.get(i));
    }
    return chosen;
  }

  @Override
  public void close() {
    loop.ifPresent(PacedLoop::close);
  }

  private void nextSecond() {
    List<Activity> all = recording.activities();
    int at = next;
    while (at < all.size() && all.get(at).at() <= second) {
      events.activity(all.get(at));
      at++;
    }
    next = at;
    videos = events.videos();
    second++;
  }
}
