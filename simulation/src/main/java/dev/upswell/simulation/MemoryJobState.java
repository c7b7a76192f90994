package dev.upswell.simulation;

import dev.upswell.feeds.audience.AudienceState;
import dev.upswell.feeds.audience.Bond;
import dev.upswell.feeds.audience.CreatorState;
import dev.upswell.feeds.audience.FanOutProgress;
import dev.upswell.feeds.audience.Pull;
import dev.upswell.feeds.audience.ViewerState;
import dev.upswell.feeds.audience.WarmUpState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The state of all operators of the job, and how far it has read. */
final class MemoryJobState {
  final Map<Long, Viewer> viewers = new HashMap<>();
  final Map<Long, WarmUp> warmUps = new HashMap<>();
  final Map<Long, Creator> creators = new HashMap<>();
  final Map<AudienceId, Audience> audiences = new HashMap<>();
  final Map<Release, Integer> drops = new HashMap<>();
  final Set<Release> releases = new HashSet<>();
  long lastEpoch;
  int read; // How much of the log.
  long now;

  MemoryJobState copy() {
    MemoryJobState copy = new MemoryJobState();
    copyAll(viewers, copy.viewers, Viewer::new);
    copyAll(warmUps, copy.warmUps, WarmUp::new);
    copyAll(creators, copy.creators, Creator::new);
    copyAll(audiences, copy.audiences, Audience::new);
    copy.drops.putAll(drops);
    copy.releases.addAll(releases);
    copy.lastEpoch = lastEpoch;
    copy.read = read;
    copy.now = now;
    return copy;
  }

  /** One of a creator's audiences. */
  record AudienceId(long creator, int part) {}

  /** A creator who is no longer pulled. */
  record Release(long creator, long since) {}

  private static <K, V> void copyAll(Map<K, V> from, Map<K, V> to, Function<V, V> copy) {
    from.forEach((key, value) -> to.put(key, copy.apply(value)));
  }

  Viewer viewer(long user) {
    return viewers.computeIfAbsent(user, id -> new Viewer());
  }

  WarmUp warmUp(long user) {
    return warmUps.computeIfAbsent(user, id -> new WarmUp());
  }

  Creator creator(long creator) {
    return creators.computeIfAbsent(creator, id -> new Creator());
  }

  Audience audience(AudienceId audience) {
    return audiences.computeIfAbsent(audience, id -> new Audience());
  }

  static final class Viewer implements ViewerState {
    private long[] followees = new long[0];
    private long lastSeen;
    private boolean active;
    private long epoch;
    private Pull pull = Pull.NONE;
    private final Map<Long, Bond> bonds = new HashMap<>();

    Viewer() {}

    private Viewer(Viewer other) {
      followees = other.followees;
      lastSeen = other.lastSeen;
      active = other.active;
      epoch = other.epoch;
      pull = other.pull;
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
    public Pull pull() {
      return pull;
    }

    @Override
    public void pull(Pull newPull) {
      pull = newPull;
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

  static final class Creator implements CreatorState {
    private long followers;
    private long members;
    private boolean spread;
    private Pull pull = Pull.NONE;
    private long pushUntil;

    Creator() {}

    private Creator(Creator other) {
      followers = other.followers;
      members = other.members;
      spread = other.spread;
      pull = other.pull;
      pushUntil = other.pushUntil;
    }

    @Override
    public long followers() {
      return followers;
    }

    @Override
    public void followers(long count) {
      followers = count;
    }

    @Override
    public long members() {
      return members;
    }

    @Override
    public void members(long count) {
      members = count;
    }

    @Override
    public boolean spread() {
      return spread;
    }

    @Override
    public void spread(boolean isSpread) {
      spread = isSpread;
    }

    @Override
    public Pull pull() {
      return pull;
    }

    @Override
    public void pull(Pull newPull) {
      pull = newPull;
    }

    @Override
    public long pushUntil() {
      return pushUntil;
    }

    @Override
    public void pushUntil(long millis) {
      pushUntil = millis;
    }
  }

  /** Members, and the fan-outs that are not over. */
  static final class Audience implements AudienceState {
    private long[] blocks = new long[0];
    private final Map<Long, byte[]> packed = new HashMap<>();
    final Deque<FanOutProgress> fanOuts = new ArrayDeque<>();

    Audience() {}

    private Audience(Audience other) {
      blocks = other.blocks;
      packed.putAll(other.packed);
      fanOuts.addAll(other.fanOuts);
    }

    @Override
    public long[] blocks() {
      return blocks;
    }

    @Override
    public void blocks(long[] namesAndSizes) {
      blocks = namesAndSizes;
    }

    @Override
    public byte[] block(long name) {
      return packed.getOrDefault(name, new byte[0]);
    }

    @Override
    public void block(long name, byte[] bytes) {
      packed.put(name, bytes);
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
