package dev.upswell.local.check;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.EventSink;
import java.util.function.LongUnaryOperator;

/**
 * Passes events on, views and engagements with another time, and enters views into a ledger. Not
 * thread-safe.
 */
public final class CountedViews implements EventSink {
  private final EventSink next;
  private final ViewLedger ledger;
  private final LongUnaryOperator time;

  /**
   * Creates the sink.
   *
   * @param time maps times of viewers' events to those that are sent
   */
  public CountedViews(EventSink next, ViewLedger ledger, LongUnaryOperator time) {
    this.next = next;
    this.ledger = ledger;
    this.time = time;
  }

  @Override
  public <T extends Message> void send(EventType<T> type, T event) {
    if (event instanceof View view) {
      View moved = view.toBuilder().setViewedAt(time.applyAsLong(view.getViewedAt())).build();
      ledger.add(moved);
      next.send(EventType.VIEWS, moved);
    } else if (event instanceof Engagement engagement) {
      next.send(
          EventType.ENGAGEMENTS,
          engagement.toBuilder().setAt(time.applyAsLong(engagement.getAt())).build());
    } else {
      if (event instanceof Video video) {
        ledger.describe(video);
      }
      next.send(type, event);
    }
  }
}
