package dev.upswell.simulation.memory;

import dev.upswell.feeds.pull.PullState;
import dev.upswell.feeds.viewer.RelationshipState;
import dev.upswell.feeds.viewer.ViewerState;
import java.util.HashMap;
import java.util.Map;

/** In-memory state of a viewer. */
public final class MemoryViewer implements ViewerState {
  private long[] followees = new long[0];
  private long lastSeen;
  private boolean active;
  private long epoch;
  private PullState pull = PullState.NONE;
  private final Map<Long, RelationshipState> relationships = new HashMap<>();

  /** Creates an empty state. */
  public MemoryViewer() {}

  /** The same, which changes apart from it. */
  public MemoryViewer copy() {
    MemoryViewer copy = new MemoryViewer();
    copy.followees = followees;
    copy.lastSeen = lastSeen;
    copy.active = active;
    copy.epoch = epoch;
    copy.pull = pull;
    copy.relationships.putAll(relationships);
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
  public PullState pull() {
    return pull;
  }

  @Override
  public void pull(PullState newPull) {
    pull = newPull;
  }

  @Override
  public RelationshipState relationship(long other) {
    return relationships.getOrDefault(other, RelationshipState.NONE);
  }

  @Override
  public void relationship(long other, RelationshipState relationship) {
    relationships.put(other, relationship);
  }
}
