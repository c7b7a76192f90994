package dev.upswell.fanout.outbox;

import dev.upswell.feeds.video.VideoWrite;

/** Element of the outbox writer. */
public sealed interface OutboxWrite {
  /**
   * A video and its outbox.
   *
   * @param readAt time at which the job read the record, Unix milliseconds
   */
  record OfVideo(VideoWrite write, long readAt) implements OutboxWrite {}

  /**
   * Progress of a rebuild of outboxes. Nothing is written for it; it is emitted after all elements
   * before it were acknowledged.
   */
  sealed interface Progress extends OutboxWrite {
    /** Returns the request time of the rebuild, Unix milliseconds; unique per rebuild. */
    long rebuild();
  }

  /**
   * A subtask has started a rebuild.
   *
   * @param perSecond requested rate; 0 for the default
   * @param feedsToo whether feeds are rebuilt after all outboxes
   * @param groups key groups of the subtask
   * @param allGroups key groups of the job
   * @param creators outboxes that the subtask will write
   */
  record Begun(
      long rebuild, int perSecond, boolean feedsToo, int groups, int allGroups, long creators)
      implements Progress {}

  /** One outbox is written. */
  record OneDone(long rebuild) implements Progress {}
}
