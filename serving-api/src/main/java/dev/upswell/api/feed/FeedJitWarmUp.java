package dev.upswell.api.feed;

import com.linecorp.armeria.common.HttpData;
import dev.upswell.api.cursor.CursorCodec;
import dev.upswell.api.protection.Priority;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;

/** Runs {@link FeedService} for a user without a feed. */
public final class FeedJitWarmUp implements Runnable {
  private static final long UNUSED_ID = Long.MAX_VALUE;
  private static final int PAGES = 8;
  private static final long TIME = 1_780_000_000_000L;

  private final ResilientFeedReader feeds;
  private final CursorCodec cursors;
  private final ScheduledExecutorService thread;
  private final FeedReadResult sample;

  /** Reads and writes a few pages each time it runs. */
  public FeedJitWarmUp(
      ResilientFeedReader feeds, CursorCodec cursors, ScheduledExecutorService thread) {
    this.feeds = feeds;
    this.cursors = cursors;
    this.thread = thread;
    List<FeedEntry> entries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      entries.add(new FeedEntry(VideoIds.at(TIME - i, 0), 7));
    }
    sample =
        new FeedReadResult.Fresh(
            new FeedPage(
                entries,
                OptionalLong.of(entries.get(19).videoId()),
                FeedPage.Source.WARM,
                OptionalLong.empty(),
                false));
  }

  @Override
  public void run() {
    feeds.read(FeedRequest.first(UNUSED_ID, 20), Priority.LATER_PAGE, thread).join();
    for (int i = 0; i < PAGES; i++) {
      HttpData page = FeedJson.write(sample, UNUSED_ID, cursors);
      String cursor = cursors.seal(UNUSED_ID, sample.page().entries().get(i).videoId());
      if (page.isEmpty() || cursors.open(UNUSED_ID, cursor).isEmpty()) {
        throw new IllegalStateException("a cursor is invalid");
      }
    }
  }
}
