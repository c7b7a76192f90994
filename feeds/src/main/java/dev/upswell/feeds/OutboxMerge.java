package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the newest videos of many outboxes, taking only as much of each as the answer needs.
 *
 * <p>It asks for the newest few of each, then goes deeper only where an outbox could still hold
 * something newer than what is already known to be the last. An outbox that is full may have lost
 * older videos; below its oldest the merge would not be complete, so nothing is given from there
 * on.
 *
 * <p>Used as: {@code while (!missing().isEmpty()) read them, add(slice) for each}; then {@link
 * #entries}. Not thread-safe.
 */
final class OutboxMerge {
  private static final int LEAST_DEPTH = 4;

  private final int wanted;
  private final int outboxEntries;
  private final Map<Long, Source> sources = new HashMap<>();
  private List<OutboxRequest> missing = new ArrayList<>();
  private int awaited;
  private long floor;
  private long horizon;
  private boolean degraded;

  /**
   * Begins a merge.
   *
   * @param below only videos with smaller ids
   * @param wanted how many videos
   * @param outboxEntries size at which an outbox may have lost older videos
   */
  OutboxMerge(long[] creators, long below, int wanted, int outboxEntries) {
    this.wanted = wanted;
    this.outboxEntries = outboxEntries;
    int depth = Math.min(wanted, LEAST_DEPTH + 2 * wanted / Math.max(1, creators.length));
    for (long creator : creators) {
      sources.put(creator, new Source(creator));
      missing.add(new OutboxRequest(creator, below, depth));
    }
    awaited = missing.size();
  }

  /** What has to be read next; empty when the merge is done. */
  List<OutboxRequest> missing() {
    return missing;
  }

  /** Takes what was read, once for each of {@link #missing}. */
  void add(OutboxSlice slice) {
    Source source = sources.get(slice.creatorId());
    if (source == null) {
      throw new IllegalArgumentException("outbox of " + slice.creatorId() + " was not asked for");
    }
    source.add(slice);
    if (--awaited == 0) {
      goDeeper();
    }
  }

  /** Ends the merge with what is known; what was not read is treated as if it were not there. */
  void giveUp() {
    degraded = true;
    sources.values().forEach(source -> source.exhausted = true);
    floor = floor();
    missing = List.of();
    awaited = 0;
  }

  private void goDeeper() {
    floor = floor();
    missing = new ArrayList<>();
    for (Source source : sources.values()) {
      if (!source.exhausted && source.oldest() > floor) {
        int count = Math.min(wanted, 2 * source.size);
        missing.add(new OutboxRequest(source.creatorId, source.oldest(), count));
      }
    }
    awaited = missing.size();
  }

  /** No video with a smaller id can be part of the answer. */
  private long floor() {
    horizon = 0;
    int total = 0;
    for (Source source : sources.values()) {
      if (source.exhausted && source.outboxSize >= outboxEntries) {
        // Nothing of it below the start: even the first video of the answer would be too old.
        horizon = Math.max(horizon, source.size == 0 ? Long.MAX_VALUE : source.oldest());
      }
      total += source.size;
    }
    long[] ids = new long[total];
    int end = 0;
    for (Source source : sources.values()) {
      System.arraycopy(source.videoIds, 0, ids, end, source.size);
      end += source.size;
    }
    Arrays.sort(ids);
    long lastWanted = total >= wanted ? ids[total - wanted] : 0;
    return Math.max(horizon, lastWanted);
  }

  /** The answer, newest first, at most as many as wanted. */
  List<FeedEntry> entries() {
    List<FeedEntry> entries = new ArrayList<>();
    for (Source source : sources.values()) {
      for (int i = 0; i < source.size && source.videoIds[i] >= floor; i++) {
        entries.add(new FeedEntry(source.videoIds[i], source.creatorId));
      }
    }
    entries.sort(FeedEntry.NEWEST_FIRST);
    return entries;
  }

  /** The answer as it stands in a list: with the end behind it, if it is all there is. */
  List<FeedEntry> asList() {
    List<FeedEntry> list = entries();
    if (reachedBottom()) {
      list.add(FeedEntry.END);
    }
    return list;
  }

  /** The id below which an outbox may have lost videos; 0 if none has as far as was read. */
  long horizon() {
    return horizon;
  }

  /** Whether there was no time to read all. */
  boolean isDegraded() {
    return degraded;
  }

  /** Whether the answer is all there is: nothing older in any outbox, and nothing lost. */
  boolean reachedBottom() {
    return horizon == 0
        && sources.values().stream().allMatch(source -> source.exhausted)
        && sources.values().stream().mapToInt(source -> source.size).sum() <= wanted;
  }

  /** What is known of one outbox. */
  private static final class Source {
    private final long creatorId;
    private long[] videoIds = new long[0];
    private int size;
    private int outboxSize;
    private boolean exhausted;

    Source(long creatorId) {
      this.creatorId = creatorId;
    }

    void add(OutboxSlice slice) {
      int added = slice.videoIds().length;
      videoIds = Arrays.copyOf(videoIds, size + added);
      System.arraycopy(slice.videoIds(), 0, videoIds, size, added);
      size += added;
      exhausted = slice.exhausted();
      outboxSize = Math.max(size, slice.size());
    }

    long oldest() {
      return videoIds[size - 1];
    }
  }
}
