package dev.upswell.local.check;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Topics;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.View;
import dev.upswell.local.check.ViewLedger.Counted;
import dev.upswell.local.console.Console;
import dev.upswell.local.events.EventSink;
import dev.upswell.local.events.KafkaEvents;
import dev.upswell.local.events.WrittenTopic;
import dev.upswell.local.tiers.TierClient;
import dev.upswell.processes.Await;
import dev.upswell.simulation.model.TierModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * Sends late views after the traffic, advances time until every hour is final, and compares the
 * output of the viral detector with the ledger and a model.
 *
 * <p>Late views count from the minute of their arrival. Time stops while they are sent, so that
 * this minute is known and the model can compute every tier.
 */
public final class ViewsComparison {
  /** Viewers enough that some are in each partition. */
  static final int CLOCKS = 64;

  private static final long HALF_A_MINUTE = ViewLedger.MINUTE / 2;
  private static final long LATER = 5;

  private final ViewLedger ledger;
  private final Settings settings;
  private final KafkaEvents events;
  private final EventSink clock;
  private final TrendComparison trends;
  private final TierClient client;
  private final LongSupplier lag;
  private final Console console;
  private int sent;

  /**
   * Settings of the comparison.
   *
   * @param viralAbove views in the last hour above which a video is viral
   * @param forecasts whether videos are promoted by forecasts too; then only hours and viral videos
   *     are compared, because the model has no forecasts
   * @param limit maximum wait for each result
   */
  public record Settings(
      String bootstrapServers, Topics topics, int viralAbove, boolean forecasts, Duration limit) {}

  /**
   * Compares with a ledger of all sent views.
   *
   * @param clock sink of the views that advance time
   * @param trends compares lists before late views change them
   * @param lag records that jobs have yet to read
   */
  public ViewsComparison(
      ViewLedger ledger,
      Settings settings,
      KafkaEvents events,
      EventSink clock,
      TrendComparison trends,
      TierClient client,
      LongSupplier lag,
      Console console) {
    this.ledger = ledger;
    this.settings = settings;
    this.events = events;
    this.clock = clock;
    this.trends = trends;
    this.client = client;
    this.lag = lag;
    this.console = console;
  }

  /**
   * Does it; to be called when all was read that was sent.
   *
   * @param repeated views that were sent twice
   */
  public List<Outcome> compare(long repeated) {
    List<Outcome> outcomes = new ArrayList<>();
    long last = ledger.last();
    wakeUp();
    long now = ledger.last() / ViewLedger.MINUTE + 1;
    passTo(now);
    if (!Await.until(settings.limit(), () -> isOver(now - 1))) {
      return List.of(new Outcome("time", "did not pass", List.of("tiers say " + overview())));
    }
    console.progress("comparing lists of what is trending");
    outcomes.add(trends.compare(last));
    // Partitions may have turned idle in between.
    wakeUp();
    List<View> late = LateViews.of(ledger.views(), now);
    sendLate(late, now);

    long later = now + LATER;
    passTo(later);
    boolean passed = Await.until(settings.limit(), () -> isOver(later - 1));
    if (!passed) {
      return List.of(new Outcome("time", "did not pass", List.of("tiers say " + overview())));
    }
    if (!settings.forecasts()) {
      TierModel model = LedgerTiers.until(ledger, settings.viralAbove(), later - 1);
      console.progress("comparing the tiers of %,d videos".formatted(videos().size()));
      outcomes.add(
          new TierComparison(client, model, ledger::isHidden)
              .compare(videos(), endOf(later - 1), settings.limit()));
    }

    long end = (later / 60 + 1) * 60 + ViewLedger.LATENESS / ViewLedger.MINUTE + 1;
    passTo(end);
    console.progress("comparing the views of %,d hours".formatted(ledger.hours(end).size()));
    outcomes.add(compareHours(end, repeated + late.size()));
    outcomes.addAll(comparePromotions(end));
    outcomes.add(compareLate());
    return outcomes;
  }

  // ---- Time

  /**
   * Keeps every partition active. Behind sources that were all idle, the first minute may be
   * emitted only with the next one, because the inputs of an operator may resume at different
   * times.
   */
  private void wakeUp() {
    watchAt(ledger.last());
    Await.until(settings.limit(), () -> lag.getAsLong() == 0);
  }

  /** Advances time to a minute. */
  private void passTo(long minute) {
    watchAt(minute * ViewLedger.MINUTE + HALF_A_MINUTE);
  }

  /** Sends a view and a like in each partition. */
  private void watchAt(long at) {
    Counted like = ledger.views().get(ledger.views().size() - 1);
    for (int viewer = 1; viewer <= CLOCKS; viewer++) {
      View view =
          View.newBuilder()
              .setViewerId(viewer)
              .setVideoId(like.videoId())
              .setCreatorId(like.creatorId())
              .setViewedAt(at)
              .setEventId("clock-" + sent++)
              .build();
      ledger.add(view);
      clock.send(EventType.VIEWS, view);
      clock.send(
          EventType.ENGAGEMENTS,
          Engagement.newBuilder()
              .setViewerId(viewer)
              .setVideoId(like.videoId())
              .setCreatorId(like.creatorId())
              .setType(Engagement.Type.LIKE)
              .setAt(at)
              .build());
    }
    events.flush();
  }

  private void sendLate(List<View> late, long now) {
    for (View view : late) {
      ledger.addLate(view, now);
      events.send(EventType.VIEWS, view);
      events.send(EventType.VIEWS, view);
    }
    events.flush();
  }

  private boolean isOver(long minute) {
    try {
      return client.overview().join().at() >= endOf(minute);
    } catch (CompletionException notNow) {
      return false;
    }
  }

  private String overview() {
    try {
      return client.overview().join().toString();
    } catch (CompletionException e) {
      return "nothing: " + e.getCause();
    }
  }

  private static long endOf(long minute) {
    return (minute + 1) * ViewLedger.MINUTE - 1;
  }

  // ---- Results

  private Set<Long> videos() {
    Set<Long> videos = new HashSet<>();
    ledger.views().forEach(view -> videos.add(view.videoId()));
    return videos;
  }

  private Outcome compareHours(long end, long repeated) {
    var hours = ledger.hours(end);
    try (var topic = open(settings.topics().hourlyViews(), HourlyViews.getDefaultInstance())) {
      return new HourComparison(hours, repeated, ledger::creatorOf)
          .compare(topic.readUntil(some -> some.size() >= hours.size(), settings.limit()));
    }
  }

  private List<Outcome> comparePromotions(long end) {
    TierModel model = LedgerTiers.until(ledger, settings.viralAbove(), end - 1);
    PromotionComparison comparison = new PromotionComparison(model, ledger::isHidden);
    try (var topic = open(settings.topics().promotions(), Promotion.getDefaultInstance())) {
      if (settings.forecasts()) {
        return List.of(
            comparison.compareViral(topic.readUntil(comparison::hasAllViral, settings.limit())));
      }
      List<Promotion> all = topic.readUntil(comparison::hasAllChanges, settings.limit());
      return List.of(comparison.compareViral(all), comparison.compareChanges(all));
    }
  }

  private Outcome compareLate() {
    LateComparison comparison = new LateComparison(ledger.droppedLate());
    try (var topic = open(settings.topics().lateEvents(), LateEvent.getDefaultInstance())) {
      return comparison.compare(topic.readUntil(comparison::hasAll, settings.limit()));
    }
  }

  private <T extends Message> WrittenTopic<T> open(String topic, T empty) {
    return new WrittenTopic<>(settings.bootstrapServers(), topic, empty);
  }
}
