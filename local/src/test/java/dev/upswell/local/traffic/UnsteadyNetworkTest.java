package dev.upswell.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.CollectedEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnsteadyNetworkTest {
  private static final int VIEWS = 20_000;
  private static final long SECOND = 1_000;

  private final CollectedEvents events = new CollectedEvents();
  private final UnsteadyNetwork network = new UnsteadyNetwork(events);

  private List<View> views() {
    for (int i = 0; i < VIEWS; i++) {
      network.send(
          EventType.VIEWS,
          View.newBuilder().setViewedAt(i * SECOND).setEventId("view-" + i).build());
    }
    return events.of(EventType.VIEWS);
  }

  @Test
  void everyHundredthViewComesTwiceAsItIs() {
    List<View> views = views();
    assertThat(views.size() - views.stream().distinct().count()).isEqualTo(VIEWS / 100);
  }

  @Test
  void someViewsComeLateByUpToMoreThanAnHour() {
    long now = 0;
    int late = 0;
    long latest = 0;
    for (View view : views()) {
      now = Math.max(now, view.getViewedAt());
      late += now - view.getViewedAt() > 10 * SECOND ? 1 : 0;
      latest = Math.max(latest, now - view.getViewedAt());
    }
    // The last of them are still on their way.
    assertThat(late).isBetween(85, 100);
    assertThat(latest).isBetween(75 * 60 * SECOND, 76 * 60 * SECOND);
  }

  @Test
  void otherEventsPass() {
    network.send(EventType.SESSIONS, Session.newBuilder().setUserId(1).build());
    assertThat(events.of(EventType.SESSIONS)).hasSize(1);
  }
}
