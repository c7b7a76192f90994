package dev.upswell.feeds.simulation;

import dev.upswell.feeds.audience.Bond;
import dev.upswell.feeds.audience.ViewerState;
import dev.upswell.feeds.audience.WarmUpState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The state of all operators of the job, and how far it has read. */
final class MemoryJobState {
  final Map<Long, Viewer> viewers = new HashMap<>();
  final Map<Long, WarmUp> warmUps = new HashMap<>();
  final Map<Long, Set<Long>> audiences = new HashMap<>();
  int read; // How much of the log.
  long now;

  MemoryJobState copy() {
    MemoryJobState copy = new MemoryJobState();
    copyAll(viewers, copy.viewers, Viewer::new);
    copyAll(warmUps, copy.warmUps, WarmUp::new);
    copyAll(audiences, copy.audiences, TreeSet::new);
    copy.read = read;
    copy.now = now;
    return copy;
  }

  private static <V> void copyAll(Map<Long, V> from, Map<Long, V> to, Function<V, V> copy) {
    from.forEach((key, value) -> to.put(key, copy.apply(value)));
  }

  Viewer viewer(long user) {
    return viewers.computeIfAbsent(user, id -> new Viewer());
  }

  WarmUp warmUp(long user) {
    return warmUps.computeIfAbsent(user, id -> new WarmUp());
  }

  Set<Long> audience(long creator) {
    return audiences.computeIfAbsent(creator, id -> new TreeSet<>());
  }

  static final class Viewer implements ViewerState {
    private long[] followees = new long[0];
    private long lastSeen;
    private boolean active;
    private long epoch;
    private final Map<Long, Bond> bonds = new HashMap<>();

    Viewer() {}

    private Viewer(Viewer other) {
      followees = other.followees;
      lastSeen = other.lastSeen;
      active = other.active;
      epoch = other.epoch;
      bonds.putAll(other.bonds);
    }

    @Override
    public long[] followees() {
      return followees;
    }

    @Override
    public void followees(long[] ids) {
      followees = ids;
    }

    @Override
    public long lastSeen() {
      return lastSeen;
    }

    @Override
    public void lastSeen(long at) {
      lastSeen = at;
    }

    @Override
    public boolean active() {
      return active;
    }

    @Override
    public void active(boolean isActive) {
      active = isActive;
    }

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public void epoch(long newEpoch) {
      epoch = newEpoch;
    }

    @Override
    public Bond bond(long other) {
      return bonds.getOrDefault(other, Bond.NONE);
    }

    @Override
    public void bond(long other, Bond bond) {
      bonds.put(other, bond);
    }
  }

  static final class WarmUp implements WarmUpState {
    private long announced;
    private final Map<Long, Integer> outstanding = new HashMap<>();

    WarmUp() {}

    private WarmUp(WarmUp other) {
      announced = other.announced;
      outstanding.putAll(other.outstanding);
    }

    @Override
    public long announced() {
      return announced;
    }

    @Override
    public void announced(long epoch) {
      announced = epoch;
    }

    @Override
    public int outstanding(long epoch) {
      return outstanding.getOrDefault(epoch, 0);
    }

    @Override
    public void outstanding(long epoch, int edges) {
      if (edges == 0) {
        outstanding.remove(epoch);
      } else {
        outstanding.put(epoch, edges);
      }
    }

    @Override
    public boolean anyOutstanding() {
      return !outstanding.isEmpty();
    }
  }
}
