package dev.upswell.local;

import dev.upswell.local.check.AbortedRecords;
import dev.upswell.local.check.BackdatedClock;
import dev.upswell.local.check.CheckLoad;
import dev.upswell.local.check.CountedViews;
import dev.upswell.local.check.DeadLetterComparison;
import dev.upswell.local.check.FeedComparison;
import dev.upswell.local.check.Ledger;
import dev.upswell.local.check.MalformedRecords;
import dev.upswell.local.check.OddEvents;
import dev.upswell.local.check.Outcome;
import dev.upswell.local.check.TrendComparison;
import dev.upswell.local.check.TrendLedger;
import dev.upswell.local.check.ViewLedger;
import dev.upswell.local.check.ViewsComparison;
import dev.upswell.local.console.Console;
import dev.upswell.local.events.EventSink;
import dev.upswell.local.events.KafkaEvents;
import dev.upswell.local.events.Load;
import dev.upswell.local.feed.DeliverySampler;
import dev.upswell.local.feed.FeedClient;
import dev.upswell.local.feed.FeedReaders;
import dev.upswell.local.replay.ReplayedLoad;
import dev.upswell.local.stack.Stack;
import dev.upswell.local.tiers.PromotionWatch;
import dev.upswell.local.tiers.TierClient;
import dev.upswell.local.trending.TrendingClient;
import dev.upswell.processes.Await;
import dev.upswell.processes.FlinkCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongUnaryOperator;

/**
 * Sends a load with known results while users read their feeds, kills a TaskManager half-way, and
 * compares the results with models.
 */
final class CheckedRun implements Run {
  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final Duration RECOVERY = Duration.ofSeconds(90);
  private static final Duration CATCH_UP = Duration.ofMinutes(5);
  private static final Duration LAST_PUSHES = Duration.ofSeconds(60);
  private static final Duration LAST_MINUTES = Duration.ofSeconds(90);

  /** A recording ends so long ago, so that time can pass until its last hour is final. */
  private static final Duration UNTIL_FINAL = Duration.ofHours(3);

  private static final double READS = 300;
  private static final int CELEBRITY = 88;
  private static final int SAMPLED = 2_000;

  private final LocalOptions options;
  private final Stack stack;
  private final Console console;

  /** Load, and the viewers with compared feeds. */
  private record Checked(Load load, Set<Long> viewers) {}

  CheckedRun(LocalOptions options, Stack stack, Console console) {
    this.options = options;
    this.stack = stack;
    this.console = console;
  }

  @Override
  public boolean until(CountDownLatch stop) {
    FeedClient client = new FeedClient(stack.apiUrl());
    List<Outcome> outcomes = new ArrayList<>();
    try (KafkaEvents events = new KafkaEvents(stack.bootstrapServers(), Stack.TOPICS);
        AbortedRecords aborted =
            new AbortedRecords(events, stack.bootstrapServers(), Stack.TOPICS)) {
      MalformedRecords malformed = new MalformedRecords(events, aborted);
      Ledger ledger = new Ledger(malformed);
      ViewLedger views = new ViewLedger();
      TrendLedger trends = new TrendLedger();
      Checked checked = checked(trends.before(ledger), views);
      try (Load load = checked.load();
          PromotionWatch promotions =
              new PromotionWatch(stack.bootstrapServers(), Stack.TOPICS.promotions(), console)) {
        load.sendInitialState();
        load.start();
        try (FeedReaders readers = new FeedReaders(client, () -> READS, load::reader)) {
          Progress progress =
              new Progress(
                  console,
                  events,
                  load::videos,
                  promotions::count,
                  readers,
                  new DeliverySampler(client));
          follow(load, 0.5, progress, stop);
          outcomes.add(killTaskManager());
          follow(load, 1, progress, stop);
        }
      }
      events.flush();
      if (stop.getCount() == 0) {
        return false;
      }
      outcomes.add(catchUp());
      console.progress("comparing the feeds of %,d viewers".formatted(checked.viewers().size()));
      outcomes.addAll(new FeedComparison(client, ledger).compare(checked.viewers(), LAST_PUSHES));
      outcomes.add(
          new DeadLetterComparison(stack.bootstrapServers(), Stack.TOPICS.deadLetters())
              .compare(malformed, LAST_PUSHES));
      outcomes.addAll(comparison(views, trends, events).compare(ledger.duplicateViews()));
    }
    console.line("");
    outcomes.forEach(outcome -> console.line(outcome.report()));
    return outcomes.stream().allMatch(Outcome::ok);
  }

  private Checked checked(EventSink ledger, ViewLedger views) {
    if (options.replay().isPresent()) {
      LocalOptions.Replay replay = options.replay().get();
      ReplayedLoad load =
          new ReplayedLoad(
              replay.directory(),
              replay.speed(),
              new CountedViews(ledger, views, LongUnaryOperator.identity()),
              Instant.now().minus(UNTIL_FINAL));
      Set<Long> viewers = load.activeFollowers(CELEBRITY, SAMPLED);
      load.readOnly(viewers);
      return new Checked(load, viewers);
    }
    Duration length = options.duration().orElse(LENGTH);
    CheckLoad load =
        new CheckLoad(
            length,
            options.traffic().seed(),
            new OddEvents(
                new CountedViews(ledger, views, new BackdatedClock(Instant.now(), length))),
            InstantSource.system());
    return new Checked(load, load.viewers());
  }

  private ViewsComparison comparison(ViewLedger views, TrendLedger trends, KafkaEvents events) {
    return new ViewsComparison(
        views,
        new ViewsComparison.Settings(
            stack.bootstrapServers(),
            Stack.TOPICS,
            options.viralAbove(),
            options.replay().isPresent(),
            LAST_MINUTES),
        events,
        trends.before(events),
        new TrendComparison(new TrendingClient(stack.apiUrl()), trends, LAST_MINUTES),
        new TierClient(stack.apiUrl()),
        stack::lag,
        console);
  }

  private void follow(Load load, double share, Progress progress, CountDownLatch stop) {
    while (stop.getCount() > 0 && load.done() < share) {
      Await.until(Progress.INTERVAL, () -> load.done() >= share || stop.getCount() == 0);
      progress.print();
    }
  }

  private Outcome killTaskManager() {
    FlinkCluster flink = stack.flink();
    Map<String, Long> before = new HashMap<>();
    stack.jobs().forEach(job -> before.put(job, flink.restarts(job)));
    long start = System.nanoTime();
    console.progress("killing the TaskManager, starting another");
    stack.replaceTaskManager();
    List<String> notRestarted = new ArrayList<>();
    before.forEach(
        (job, restarts) -> {
          if (!Await.until(RECOVERY, () -> flink.restarts(job) > restarts)) {
            notRestarted.add("job " + job + " was not restarted");
          }
          flink.awaitRunning(job, RECOVERY);
        });
    String text =
        "a TaskManager was killed, all %d jobs ran again after %.1f s"
            .formatted(before.size(), (System.nanoTime() - start) / 1e9);
    console.progress(text);
    return new Outcome("failure", text, notRestarted);
  }

  private Outcome catchUp() {
    long start = System.nanoTime();
    boolean done = Await.until(CATCH_UP, () -> stack.lag() == 0);
    String text =
        "the jobs had read everything %.1f s after the last event"
            .formatted((System.nanoTime() - start) / 1e9);
    return done
        ? new Outcome("lag", text, List.of())
        : new Outcome("lag", "too much", List.of(stack.lag() + " records are unread"));
  }
}
