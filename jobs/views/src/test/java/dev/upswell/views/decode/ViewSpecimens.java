package dev.upswell.views.decode;

import dev.upswell.contract.events.View;
import java.time.Instant;
import java.time.InstantSource;

/** A view with every field filled, and the clock that tests decode it with. */
final class ViewSpecimens {
  static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

  /** A minute after the view. */
  static final InstantSource CLOCK = InstantSource.fixed(AT.plusSeconds(60));

  static final View VIEW =
      View.newBuilder()
          .setViewerId(1_234_567_890_123_456_001L)
          .setVideoId(1_234_567_890_123_456_002L)
          .setCreatorId(1_234_567_890_123_456_003L)
          .setViewedAt(AT.toEpochMilli())
          .setWatchMs(5_007)
          .setDurationMs(6_007)
          .setEventId("event_id-é")
          .setRegion("BR")
          .setDevice("android-9")
          .setSurface("surface-é")
          .setImpressionId("impression_id-é")
          .build();

  private ViewSpecimens() {}
}
