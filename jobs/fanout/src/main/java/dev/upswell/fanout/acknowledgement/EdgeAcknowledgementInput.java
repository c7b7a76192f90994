package dev.upswell.fanout.acknowledgement;

/** What is told of edges that are on their way. */
public sealed interface EdgeAcknowledgementInput {
  /** Whose edges they are. */
  long userId();

  /** Of which following. */
  long epoch();

  /**
   * Edges were sent to audiences.
   *
   * @param edges how many; 0 if all that there are had been sent before
   */
  record Announced(long userId, long epoch, int edges) implements EdgeAcknowledgementInput {}

  /** An audience knows one of them. */
  record Known(long userId, long epoch) implements EdgeAcknowledgementInput {}
}
