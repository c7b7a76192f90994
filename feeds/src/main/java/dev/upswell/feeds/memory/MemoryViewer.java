package dev.upswell.feeds.memory;

import dev.upswell.feeds.audience.Bond;
import dev.upswell.feeds.audience.Pull;
import dev.upswell.feeds.audience.ViewerState;
import java.util.HashMap;
import java.util.Map;

/** What is remembered of a viewer, in fields. */
public final class MemoryViewer implements ViewerState {
  private long[] followees = new long[0];
  private long lastSeen;
  private boolean active;
  private long epoch;
  private Pull pull = Pull.NONE;
  private final Map<Long, Bond> bonds = new HashMap<>();

  /** Of a viewer that nothing is known of. */
  public MemoryViewer() {}

  /** The same, which changes apart from it. */
  public MemoryViewer copy() {
    MemoryViewer copy = new MemoryViewer();
    copy.followees = followees;
    copy.lastSeen = lastSeen;
    copy.active = active;
    copy.epoch = epoch;
    copy.pull = pull;
    copy.bonds.putAll(bonds);
    return copy;
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
