package dev.upswell.feeds.outbox;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.store.OutboxPage;
import dev.upswell.feeds.store.OutboxRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges the newest videos of many outboxes, reading only as much as needed.
 *
 * <p>Requests the newest few of each, then deeper pages only where an outbox could have something
 * newer than the current last entry. A full outbox may have lost older videos, so the merge ends
 * above its oldest one.
 *
 * <p>Usage: {@code while (!missing().isEmpty()) read them, add(page) for each}; then {@link
 * #entries}. Not thread-safe.
 */
public final class OutboxMerge {
  private static final int LEAST_DEPTH = 4;
  private static final OutboxPage NOTHING_YET = new OutboxPage(0, new long[0], false, 0);

  private final int wanted;
  private final int outboxEntries;
  private final TopEntries newest;

  /** Sources of {@link #missing}, in its order. */
  private List<Source> requested = new ArrayList<>();

  private List<OutboxRequest> missing = new ArrayList<>();
  private int answered;

  /** Number of outboxes that may have older videos than those read. */
  private int open;

  private int read;
  private long horizon;
  private boolean degraded;

  /**
   * Starts a merge.
   *
   * @param creators distinct ids
   * @param below only videos with smaller ids; {@link Long#MAX_VALUE} for the newest
   * @param wanted maximum videos; positive
   * @param outboxEntries size at which an outbox may have lost older videos
   */
  public OutboxMerge(long[] creators, long below, int wanted, int outboxEntries) {
    this.wanted = wanted;
    this.outboxEntries = outboxEntries;
    this.newest = new TopEntries(wanted);
    int depth = Math.min(wanted, LEAST_DEPTH + 2 * wanted / Math.max(1, creators.length));
    for (long creator : creators) {
      ask(
          new Source(),
          below == Long.MAX_VALUE
              ? OutboxRequest.newest(creator, depth)
              : OutboxRequest.below(creator, below, depth));
    }
    open = creators.length;
  }

  /** Returns the next requests; empty when the merge is complete. */
  public List<OutboxRequest> missing() {
    return missing;
  }

  /** Adds the page of one request of {@link #missing}, in its order. */
  public void add(OutboxPage page) {
    OutboxRequest request = missing.get(answered);
    if (page.creatorId() != request.creatorId()) {
      throw new IllegalArgumentException(
          "outbox of %d (expected: of %d)".formatted(page.creatorId(), request.creatorId()));
    }
    take(requested.get(answered), page);
    if (++answered == missing.size()) {
      requestDeeper();
    }
  }

  private void take(Source source, OutboxPage page) {
    for (long videoId : page.videoIds()) {
      if (!newest.add(videoId, page.creatorId())) {
        break; // Older ones follow.
      }
    }
    source.add(page);
    read += page.videoIds().length;
    if (page.exhausted()) {
      open--;
      if (Math.max(source.size, page.size()) >= outboxEntries) {
        horizon = Math.max(horizon, source.oldest);
      }
    }
  }

  /** Ends the merge with the pages read so far. */
  void giveUp() {
    degraded = true;
    open = 0;
    queryNothing();
  }

  private void requestDeeper() {
    List<Source> sources = requested;
    List<OutboxRequest> requests = missing;
    queryNothing();
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      if (!source.answer.exhausted() && source.oldest > cutoff()) {
        ask(source, requests.get(i).deeper(source.answer, Math.min(wanted, 2 * source.size)));
      }
    }
  }

  private void ask(Source source, OutboxRequest request) {
    requested.add(source);
    missing.add(request);
  }

  private void queryNothing() {
    requested = new ArrayList<>();
    missing = new ArrayList<>();
    answered = 0;
  }

  /** No video with a smaller id can be part of the answer. */
  private long cutoff() {
    return Math.max(horizon, newest.oldest());
  }

  /** Returns the result, newest first, at most the wanted number. */
  public List<FeedEntry> entries() {
    return newest.from(cutoff());
  }

  /** Returns the id down to which the result is complete; 0 if no older video exists. */
  public long floor() {
    if (reachedBottom()) {
      return 0;
    }
    List<FeedEntry> entries = entries();
    return entries.isEmpty() ? horizon : entries.get(entries.size() - 1).videoId();
  }

  /** Returns the id below which an outbox may have lost videos; 0 if none has. */
  public long horizon() {
    return horizon;
  }

  /** Returns whether the timeout ended the merge. */
  public boolean isDegraded() {
    return degraded;
  }

  /** Returns whether the result is complete: no outbox has older videos, and none has lost any. */
  private boolean reachedBottom() {
    return horizon == 0 && open == 0 && read <= wanted;
  }

  /** Progress in one outbox. */
  private static final class Source {
    private OutboxPage answer = NOTHING_YET;
    private int size;

    /** Oldest video read. */
    private long oldest = Long.MAX_VALUE;

    void add(OutboxPage page) {
      answer = page;
      int added = page.videoIds().length;
      size += added;
      if (added > 0) {
        oldest = page.videoIds()[added - 1];
      }
    }
  }
}
