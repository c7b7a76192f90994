package dev.upswell.local.tiers;

import dev.upswell.contract.events.Promotion;
import dev.upswell.local.console.Console;
import dev.upswell.local.events.PacedLoop;
import dev.upswell.local.events.WrittenTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Prints promotions as they arrive, at most once per second. */
public final class PromotionWatch implements AutoCloseable {
  private static final int LINES = 2;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final WrittenTopic<Promotion> topic;
  private final PromotionLines lines = new PromotionLines(LINES);
  private final AtomicLong count = new AtomicLong();
  private final Console console;
  private final List<Promotion> untold = new ArrayList<>();
  private long printedAt = System.nanoTime();
  private final PacedLoop loop;

  /** Begins. */
  public PromotionWatch(String bootstrapServers, String topicName, Console console) {
    topic = new WrittenTopic<>(bootstrapServers, topicName, Promotion.getDefaultInstance());
    this.console = console;
    loop = new PacedLoop("promotions", () -> 1, this::tell);
  }

  /** Returns the number of changes of tiers. */
  public long count() {
    return count.get();
  }

  /** Ends it. */
  @Override
  public void close() {
    loop.close();
    topic.close();
  }

  /** Prints at most at its interval, also when the loop catches up. */
  private void tell() {
    List<Promotion> some = topic.poll();
    count.addAndGet(some.size());
    untold.addAll(some);
    long now = System.nanoTime();
    if (now - printedAt >= PAUSE.toNanos()) {
      lines.of(untold).forEach(console::progress);
      untold.clear();
      printedAt = now;
    }
  }
}
