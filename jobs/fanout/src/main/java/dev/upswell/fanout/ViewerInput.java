package dev.upswell.fanout;

import dev.upswell.feeds.audience.Relation;

/** What a viewer is told. */
sealed interface ViewerInput {
  /** Whom it concerns. */
  long userId();

  /** A relation to another user changed. */
  record Related(Relation relation) implements ViewerInput {
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
