package dev.upswell.fanout.viewer;

import dev.upswell.feeds.viewer.RelationshipEvent;

/** Input of a viewer. */
public sealed interface ViewerInput {
  /** Returns the viewer. */
  long userId();

  /** A relation to another user changed. */
  record Related(RelationshipEvent relation) implements ViewerInput {
    @Override
    public long userId() {
      return relation.userId();
    }
  }

  /**
   * The user opened the app.
   *
   * @param at Unix milliseconds
   */
  record Started(long userId, long at) implements ViewerInput {}
}
