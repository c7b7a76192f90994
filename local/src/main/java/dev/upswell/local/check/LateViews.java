package dev.upswell.local.check;

import dev.upswell.contract.events.View;
import dev.upswell.local.check.ViewLedger.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Generates late views of videos with earlier views. */
final class LateViews {
  private static final int OF_EACH_KIND = 100;
  private static final long SEED = 11;

  private LateViews() {}

  /**
   * Returns views whose hour is open, views whose hour is final but in the rolling hour, and views
   * in neither.
   *
   * @param minute first open minute
   */
  static List<View> of(List<Counted> views, long minute) {
    SplittableRandom random = new SplittableRandom(SEED);
    long now = minute * ViewLedger.MINUTE;
    long hour = now / ViewLedger.HOUR * ViewLedger.HOUR;
    List<View> late = new ArrayList<>();
    for (int i = 0; i < OF_EACH_KIND; i++) {
      late.add(
          view(views, now - random.nextLong(2 * ViewLedger.MINUTE, 9 * ViewLedger.MINUTE), random));
      late.add(
          view(
              views,
              hour - random.nextLong(70 * ViewLedger.MINUTE, 170 * ViewLedger.MINUTE),
              random));
      long inRollingHour = now - 59 * ViewLedger.MINUTE;
      if (now - hour > ViewLedger.LATENESS && inRollingHour < hour) {
        late.add(view(views, random.nextLong(inRollingHour, hour), random));
      }
    }
    return late;
  }

  private static View view(List<Counted> views, long at, SplittableRandom random) {
    Counted like = views.get(random.nextInt(views.size()));
    Counted by = views.get(random.nextInt(views.size()));
    return View.newBuilder()
        .setViewerId(by.viewerId())
        .setVideoId(like.videoId())
        .setCreatorId(like.creatorId())
        .setViewedAt(at)
        .setWatchMs(random.nextInt(30_000))
        .setDurationMs(30_000)
        .setEventId("late-" + Long.toString(random.nextLong(Long.MAX_VALUE), 36))
        .build();
  }
}
