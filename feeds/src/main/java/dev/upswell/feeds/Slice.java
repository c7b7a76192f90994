package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedPage.Source;
import dev.upswell.feeds.outbox.OutboxMerge;
import dev.upswell.feeds.page.PageSlice;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A part of a feed before hidden videos are left out.
 *
 * @param part the entries, and where the feed continues
 * @param source state of the feed
 * @param asOf time of the snapshot, in Unix milliseconds; empty for other sources
 * @param degraded whether the timeout ended the read of outboxes
 * @param saved completes when the list or snapshot behind it is written
 */
record Slice(
    PageSlice part,
    Source source,
    OptionalLong asOf,
    boolean degraded,
    CompletableFuture<?> saved) {
  private static final CompletableFuture<Void> NOTHING = CompletableFuture.completedFuture(null);

  /** A part of a feed that is read and not written. */
  static Slice of(PageSlice part, Source source, OptionalLong asOf) {
    return new Slice(part, source, asOf, false, NOTHING);
  }

  /** A part of a computed feed. */
  static Slice computed(PageSlice part, OutboxMerge merged) {
    return new Slice(part, Source.COMPUTED, OptionalLong.empty(), merged.isDegraded(), NOTHING);
  }

  Slice degraded(OutboxMerge merged) {
    return new Slice(part, source, asOf, merged.isDegraded(), saved);
  }

  /** The same slice, after a write. */
  Slice after(CompletableFuture<?> write) {
    return new Slice(part, source, asOf, degraded, write);
  }

  List<FeedEntry> entries() {
    return part.entries();
  }

  OptionalLong next() {
    return part.next();
  }
}
