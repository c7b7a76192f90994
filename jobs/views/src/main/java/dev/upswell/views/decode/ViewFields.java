package dev.upswell.views.decode;

import dev.upswell.contract.EventCheck;
import dev.upswell.contract.EventRules;
import dev.upswell.contract.TextSlice;
import dev.upswell.contract.events.View;
import java.util.Locale;

/**
 * Fields of one view, reused by a {@link ViewDecoder}.
 *
 * <p>Views are the only event without a generated object: at a million views per second, objects
 * would be most of the work. Numbers are primitive, texts are slices of the record. Not
 * thread-safe.
 */
public final class ViewFields {
  /** Maximum length of the kind of device, in characters. */
  private static final int MAX_DEVICE = 32;

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

  /** Returns the viewer. */
  public long viewerId() {
    return viewerId;
  }

  /** Returns the video. */
  public long videoId() {
    return videoId;
  }

  /** Returns the creator of the video. */
  public long creatorId() {
    return creatorId;
  }

  /** Returns the start of the playback, in milliseconds since 1970-01-01 UTC. */
  public long viewedAt() {
    return viewedAt;
  }

  /** Returns the watch time in milliseconds. */
  public int watchMs() {
    return watchMs;
  }

  /** Returns the length of the video in milliseconds; 0 if absent. */
  public int durationMs() {
    return durationMs;
  }

  /** Returns the deduplication id, the same in every retry; empty if absent. */
  public TextSlice eventId() {
    return eventId;
  }

  /** Returns the region, ISO 3166-1 alpha-2, in any case; empty if absent. */
  public TextSlice region() {
    return region;
  }

  /** Returns the kind of device, 1 to 32 letters, digits and dashes, in any case; or empty. */
  public TextSlice device() {
    return device;
  }

  /** Returns the part of the app with the playback; empty if absent. */
  public TextSlice surface() {
    return surface;
  }

  /** Returns the impression that led to the view; empty if absent. */
  public TextSlice impressionId() {
    return impressionId;
  }

  /**
   * Returns a copy as the generated class, normalized like an event of the codec: the region in
   * upper case, the device in lower case.
   */
  public View toView() {
    return View.newBuilder()
        .setViewerId(viewerId)
        .setVideoId(videoId)
        .setCreatorId(creatorId)
        .setViewedAt(viewedAt)
        .setWatchMs(watchMs)
        .setDurationMs(durationMs)
        .setEventId(eventId.toString())
        .setRegion(region.toString().toUpperCase(Locale.ROOT))
        .setDevice(device.toString().toLowerCase(Locale.ROOT))
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
   * Checks numbers, region and device against the limits of {@link EventRules#view}. The scanners
   * check the other texts.
   */
  boolean areAllowed(long latestMillis) {
    return viewerId > 0
        && videoId > 0
        && creatorId > 0
        && viewedAt >= EventCheck.EARLIEST_MILLIS
        && viewedAt <= latestMillis
        && watchMs >= 0
        && durationMs >= 0
        && isRegion(region)
        && isDevice(device);
  }

  /** Returns whether a text is empty or two ASCII letters. */
  private static boolean isRegion(TextSlice text) {
    return text.isEmpty()
        || (text.length() == 2 && isLetter(text.byteAt(0)) && isLetter(text.byteAt(1)));
  }

  /** Returns whether a text is empty or 1 to 32 ASCII letters, digits and dashes. */
  private static boolean isDevice(TextSlice text) {
    if (text.length() > MAX_DEVICE) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      int character = text.byteAt(i);
      if (!isLetter(character) && character != '-' && (character < '0' || character > '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(int character) {
    int lowerCase = character | 0x20;
    return lowerCase >= 'a' && lowerCase <= 'z';
  }

  private static void set(TextSlice slice, byte[] utf8) {
    slice.set(utf8, 0, utf8.length, false);
  }
}
