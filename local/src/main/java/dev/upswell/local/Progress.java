package dev.upswell.local;

import dev.upswell.local.console.Console;
import dev.upswell.local.events.KafkaEvents;
import dev.upswell.local.feed.DeliverySampler;
import dev.upswell.local.feed.FeedReaders;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** Prints figures of the traffic and its results every few seconds. */
final class Progress {
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Console console;
  private final KafkaEvents events;
  private final LongSupplier videos;
  private final LongSupplier promotions;
  private final FeedReaders readers;
  private final DeliverySampler sampler;
  private long eventsBefore;
  private long failedBefore;
  private long before = System.nanoTime();

  Progress(
      Console console,
      KafkaEvents events,
      LongSupplier videos,
      LongSupplier promotions,
      FeedReaders readers,
      DeliverySampler sampler) {
    this.console = console;
    this.events = events;
    this.videos = videos;
    this.promotions = promotions;
    this.readers = readers;
    this.sampler = sampler;
    this.eventsBefore = events.sent();
  }

  void print() {
    long now = System.nanoTime();
    double seconds = (now - before) / 1e9;
    long sent = events.sent();
    Histogram reads = readers.takeLatencies();
    long failed = readers.failed();
    StringBuilder line = new StringBuilder();
    line.append(
        text(
            "events %,d (%,.0f/s)  videos %,d  changes of tiers %,d",
            sent, (sent - eventsBefore) / seconds, videos.getAsLong(), promotions.getAsLong()));
    line.append(text("  feeds %,.0f/s", reads.getTotalCount() / seconds));
    if (reads.getTotalCount() > 0) {
      line.append(
          text(
              " p50 %.1f ms p99 %.1f ms",
              reads.getValueAtPercentile(50) / 1e3, reads.getValueAtPercentile(99) / 1e3));
    }
    if (failed > failedBefore) {
      line.append(text("  unanswered %,d", failed - failedBefore));
    }
    Histogram lags = sampler.takeLags();
    if (lags.getTotalCount() > 0) {
      line.append(text("  publish to feed %,d ms", lags.getValueAtPercentile(50)));
    }
    console.progress(line.toString());
    before = now;
    eventsBefore = sent;
    failedBefore = failed;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
