package dev.upswell.views.decode;

import dev.upswell.contract.EventCheck;
import dev.upswell.contract.EventRules;
import dev.upswell.contract.TextSlice;
import dev.upswell.contract.events.View;

/**
 * The fields of one view, to be filled again and again by a {@link ViewDecoder}.
 *
 * <p>This is the one event that is not read into a generated object: at a million views a second
 * the objects alone would be most of the work. Numbers are kept as they are, texts as slices of the
 * record. Not safe for use by several threads.
 */
public final class ViewFields {
  private long viewerId;
  private long videoId;
  private long creatorId;
  private long viewedAt;
  private int watchMs;
  private int durationMs;
  private final TextSlice eventId = new TextSlice();
  private final TextSlice region = new TextSlice();
  private final TextSlice device = new TextSlice();
  private final TextSlice surface = new TextSlice();
  private final TextSlice impressionId = new TextSlice();

  /** Creates fields without values. */
  public ViewFields() {}

  /** Who watched. */
  public long viewerId() {
    return viewerId;
  }

  /** What was watched. */
  public long videoId() {
    return videoId;
  }

  /** Who made it. */
  public long creatorId() {
    return creatorId;
  }

  /** When the playback began, in milliseconds since 1970-01-01 UTC. */
  public long viewedAt() {
    return viewedAt;
  }

  /** How long was watched, in milliseconds. */
  public int watchMs() {
    return watchMs;
  }

  /** The length of the video, in milliseconds; 0 when not told. */
  public int durationMs() {
    return durationMs;
  }

  /** The same in every repetition of the record; empty when not told. */
  public TextSlice eventId() {
    return eventId;
  }

  /** ISO 3166-1 alpha-2; empty when not told. */
  public TextSlice region() {
    return region;
  }

  /** Kind of device; empty when not told. */
  public TextSlice device() {
    return device;
  }

  /** Where in the app it was played; empty when not told. */
  public TextSlice surface() {
    return surface;
  }

  /** The impression that led to it; empty when not told. */
  public TextSlice impressionId() {
    return impressionId;
  }

  /** A copy as the generated class, which keeps its values. */
  public View toView() {
    return View.newBuilder()
        .setViewerId(viewerId)
        .setVideoId(videoId)
        .setCreatorId(creatorId)
        .setViewedAt(viewedAt)
        .setWatchMs(watchMs)
        .setDurationMs(durationMs)
        .setEventId(eventId.toString())
        .setRegion(region.toString())
        .setDevice(device.toString())
        .setSurface(surface.toString())
        .setImpressionId(impressionId.toString())
        .build();
  }

  void set(View view) {
    viewerId = view.getViewerId();
    videoId = view.getVideoId();
    creatorId = view.getCreatorId();
    viewedAt = view.getViewedAt();
    watchMs = view.getWatchMs();
    durationMs = view.getDurationMs();
    set(eventId, view.getEventIdBytes().toByteArray());
    set(region, view.getRegionBytes().toByteArray());
    set(device, view.getDeviceBytes().toByteArray());
    set(surface, view.getSurfaceBytes().toByteArray());
    set(impressionId, view.getImpressionIdBytes().toByteArray());
  }

  void clear() {
    viewerId = 0;
    videoId = 0;
    creatorId = 0;
    viewedAt = 0;
    watchMs = 0;
    durationMs = 0;
    eventId.clear();
    region.clear();
    device.clear();
    surface.clear();
    impressionId.clear();
  }

  /** Sets the number of a field that has one, by its number in the schema. */
  void setNumber(int field, long value) {
    switch (field) {
      case View.VIEWER_ID_FIELD_NUMBER -> viewerId = value;
      case View.VIDEO_ID_FIELD_NUMBER -> videoId = value;
      case View.CREATOR_ID_FIELD_NUMBER -> creatorId = value;
      case View.VIEWED_AT_FIELD_NUMBER -> viewedAt = value;
      case View.WATCH_MS_FIELD_NUMBER -> watchMs = (int) value;
      case View.DURATION_MS_FIELD_NUMBER -> durationMs = (int) value;
      default -> throw new AssertionError("not a number: field " + field);
    }
  }

  /** The text of a field that has one, by its number in the schema. */
  TextSlice text(int field) {
    return switch (field) {
      case View.EVENT_ID_FIELD_NUMBER -> eventId;
      case View.REGION_FIELD_NUMBER -> region;
      case View.DEVICE_FIELD_NUMBER -> device;
      case View.SURFACE_FIELD_NUMBER -> surface;
      case View.IMPRESSION_ID_FIELD_NUMBER -> impressionId;
      default -> throw new AssertionError("not a text: field " + field);
    };
  }

  /**
   * Holds the numbers against the limits of {@link EventRules#view}. The scanners hold the texts
   * against theirs.
   */
  boolean areAllowed(long latestMillis) {
    return viewerId > 0
        && videoId > 0
        && creatorId > 0
        && viewedAt >= EventCheck.EARLIEST_MILLIS
        && viewedAt <= latestMillis
        && watchMs >= 0
        && durationMs >= 0;
  }

  private static void set(TextSlice slice, byte[] utf8) {
    slice.set(utf8, 0, utf8.length, false);
  }
}
