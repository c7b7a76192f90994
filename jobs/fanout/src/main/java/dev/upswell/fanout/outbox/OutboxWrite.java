package dev.upswell.fanout.outbox;

import dev.upswell.contract.events.Video;

/** What passes the writer of outboxes. */
public sealed interface OutboxWrite {
  /**
   * A video for its outbox.
   *
   * @param rebuilt whether it was there before, so that nobody has to be told
   */
  record OfVideo(Video video, boolean rebuilt) implements OutboxWrite {}

  /**
   * How far a rebuild of outboxes has come. Nothing is written for it: it passes once everything
   * before it was acknowledged.
   */
  sealed interface Progress extends OutboxWrite {
    /** When the rebuild was asked for, Unix milliseconds: no two have the same. */
    long rebuild();
  }

  /**
   * A subtask has begun.
   *
   * @param perSecond what was asked for; 0 if nothing was
   * @param feedsToo whether feeds are rebuilt when all outboxes are there
   * @param groups key groups that the subtask has
   * @param allGroups key groups that there are
   * @param creators outboxes that the subtask is going to write
   */
  record Begun(
      long rebuild, int perSecond, boolean feedsToo, int groups, int allGroups, long creators)
      implements Progress {}

  /** One outbox is written. */
  record OneDone(long rebuild) implements Progress {}
}
