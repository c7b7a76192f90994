package dev.upswell.feeds.audience;

/** A creator's state in fields. */
final class MemoryCreator implements CreatorState {
  private long followers;
  private long members;
  private boolean spread;
  private Pull pull = Pull.NONE;
  private long pushUntil;

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
