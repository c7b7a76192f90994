package dev.upswell.feeds.viewer;

/** What is remembered of a viewer whose edges are on their way to the audiences. */
public interface EdgeAcknowledgementState {
  /** The newest epoch announced and not confirmed; 0 for none. */
  long announced();

  /** Replaces {@link #announced}. */
  void announced(long epoch);

  /** Edges announced less edges known, of an epoch; 0 if nothing is remembered. */
  int outstanding(long epoch);

  /** Replaces {@link #outstanding}; 0 forgets it. */
  void outstanding(long epoch, int edges);

  /** Whether any epoch has edges outstanding. */
  boolean anyOutstanding();
}
