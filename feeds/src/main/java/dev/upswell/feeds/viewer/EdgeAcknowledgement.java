package dev.upswell.feeds.viewer;

import java.util.OptionalLong;

/**
 * Decides when a viewer's feed becomes warm: after all audiences have acknowledged all announced
 * edges.
 *
 * <p>Announcements and acknowledgements arrive on different streams in any order, so a count may be
 * negative temporarily. The newest epoch becomes warm only when no older one has outstanding edges,
 * because it builds on theirs.
 */
public final class EdgeAcknowledgement {
  private EdgeAcknowledgement() {}

  /**
   * Adds an epoch.
   *
   * @param edges number of audiences that must acknowledge
   * @return the epoch that becomes warm
   */
  public static OptionalLong announce(EdgeAcknowledgementState state, long epoch, int edges) {
    state.announced(epoch);
    return count(state, epoch, edges);
  }

  /**
   * Adds the acknowledgement of one edge.
   *
   * @return the epoch that becomes warm
   */
  public static OptionalLong acknowledge(EdgeAcknowledgementState state, long epoch) {
    return count(state, epoch, -1);
  }

  private static OptionalLong count(EdgeAcknowledgementState state, long epoch, int edges) {
    state.outstanding(epoch, state.outstanding(epoch) + edges);
    long announced = state.announced();
    if (announced == 0 || state.anyOutstanding()) {
      return OptionalLong.empty();
    }
    state.announced(0);
    return OptionalLong.of(announced);
  }
}
