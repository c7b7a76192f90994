package dev.upswell.fanout.acknowledgement;

/** Input of the acknowledgement count: announcements and acknowledgements of edges. */
public sealed interface EdgeAcknowledgementInput {
  /** Returns the viewer of the edges. */
  long userId();

  /** Returns the epoch of the following. */
  long epoch();

  /**
   * Announces that edges were sent to audiences.
   *
   * @param edges number of edges; 0 if all were sent before
   */
  record Announced(long userId, long epoch, int edges) implements EdgeAcknowledgementInput {}

  /** Acknowledges one edge by an audience. */
  record Acknowledged(long userId, long epoch) implements EdgeAcknowledgementInput {}
}
