package dev.upswell.simulation.memory;

import dev.upswell.feeds.creator.CreatorState;
import dev.upswell.feeds.pull.PullState;

/** In-memory state of a creator. */
public final class MemoryCreator implements CreatorState {
  private long followers;
  private long members;
  private boolean spread;
  private PullState pull = PullState.NONE;
  private long pushUntil;

  /** Creates an empty state. */
  public MemoryCreator() {}

  /** The same, which changes apart from it. */
  public MemoryCreator copy() {
    MemoryCreator copy = new MemoryCreator();
    copy.followers = followers;
    copy.members = members;
    copy.spread = spread;
    copy.pull = pull;
    copy.pushUntil = pushUntil;
    return copy;
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
  public PullState pull() {
    return pull;
  }

  @Override
  public void pull(PullState newPull) {
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
