package dev.upswell.feeds.viewer;

import java.util.OptionalLong;

/**
 * Decides when a viewer's feed may be kept: once all audiences know all edges that were announced.
 *
 * <p>An announcement and the audiences' answers travel on different ways and come in any order, so
 * an epoch's count may be negative for a while. The newest epoch is confirmed only when no older
 * one has edges outstanding, since it builds on theirs.
 */
public final class EdgeAcknowledgement {
  private EdgeAcknowledgement() {}

  /**
   * Takes it that an epoch begins.
   *
   * @param edges how many audiences have to learn of the viewer
   * @return the epoch that may be confirmed now
   */
  public static OptionalLong announce(EdgeAcknowledgementState state, long epoch, int edges) {
    state.announced(epoch);
    return count(state, epoch, edges);
  }

  /**
   * Takes it that one audience knows an edge of an epoch.
   *
   * @return the epoch that may be confirmed now
   */
  public static OptionalLong known(EdgeAcknowledgementState state, long epoch) {
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
