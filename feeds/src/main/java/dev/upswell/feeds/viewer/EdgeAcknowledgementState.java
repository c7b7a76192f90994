package dev.upswell.feeds.viewer;

/** State of a viewer with unacknowledged edges. */
public interface EdgeAcknowledgementState {
  /** Returns the newest announced epoch that is not warm; 0 for none. */
  long announced();

  /** Replaces {@link #announced}. */
  void announced(long epoch);

  /** Returns announced minus acknowledged edges of an epoch; 0 without a state. */
  int outstanding(long epoch);

  /** Replaces {@link #outstanding}; 0 forgets it. */
  void outstanding(long epoch, int edges);

  /** Returns whether any epoch has outstanding edges. */
  boolean anyOutstanding();
}
