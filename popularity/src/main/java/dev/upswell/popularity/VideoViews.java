package dev.upswell.popularity;

import dev.upswell.contract.VideoState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * State of the views of one video: the rolling hour, the UTC hours that are open or in the rolling
 * hour, and the next due minute.
 *
 * <p>Updated once per closed minute. One object is reused for the states of all videos. Not
 * thread-safe.
 */
public final class VideoViews {
  /** No minute is due. */
  public static final int NEVER = Integer.MAX_VALUE;

  private static final int VERSION = 2;

  private final PackedBytes packed = new PackedBytes();
  private final PackedBytes given = new PackedBytes();
  private final RollingHour rolling = new RollingHour();
  private final List<HourTotals> hours = new ArrayList<>();
  private long creatorId;
  private long publishedAt;
  private boolean isPublic;

  /** First minute from which the views no longer count towards thresholds. */
  private int countedUntil;

  private int counted;
  private int due;
  private int spilledFrom;

  /** Creates an object without a video. */
  public VideoViews() {
    clear();
  }

  /** Becomes a video without views. */
  public void clear() {
    rolling.clear();
    hours.clear();
    creatorId = 0;
    publishedAt = 0;
    isPublic = false;
    countedUntil = 0;
    counted = 0;
    due = NEVER;
    spilledFrom = NEVER;
  }

  /** Reads the state from its packed form. */
  public void read(byte[] bytes) {
    given.wrap(bytes);
    int version = (int) given.readVarint();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "packed views: version " + version + " (expected: " + VERSION + ")");
    }
    creatorId = given.readVarint();
    publishedAt = given.readVarint();
    isPublic = given.readVarint() == 1;
    countedUntil = (int) given.readVarint();
    counted = (int) given.readVarint();
    due = (int) given.readVarint();
    spilledFrom = (int) given.readVarint();
    rolling.readFrom(given);
    hours.clear();
    for (int left = (int) given.readVarint(); left > 0; left--) {
      hours.add(
          new HourTotals(
              (int) given.readVarint(),
              (int) given.readVarint(),
              given.readVarint(),
              given.readBytes(),
              given.readVarint() == 1));
    }
  }

  /** All of it, packed; an empty one need not be kept. */
  public byte[] toBytes() {
    packed.clear();
    packed.writeVarint(VERSION);
    packed.writeVarint(creatorId);
    packed.writeVarint(publishedAt);
    packed.writeVarint(isPublic ? 1 : 0);
    packed.writeVarint(countedUntil);
    packed.writeVarint(counted);
    packed.writeVarint(due);
    packed.writeVarint(spilledFrom);
    rolling.writeTo(packed);
    packed.writeVarint(hours.size());
    for (HourTotals hour : hours) {
      packed.writeVarint(hour.hour());
      packed.writeVarint(hour.views());
      packed.writeVarint(hour.watchMs());
      packed.writeBytes(hour.viewers());
      packed.writeVarint(hour.published() ? 1 : 0);
    }
    return packed.toBytes();
  }

  /** Returns whether the state can be deleted. */
  public boolean isEmpty() {
    return rolling.isEmpty() && hours.isEmpty() && counted == 0 && spilledFrom == NEVER;
  }

  /** Sets what the records of the video say about it. */
  public void describe(VideoState video) {
    creatorId = video.creatorId();
    publishedAt = video.publishedAt();
    isPublic = video.isPublic();
    countedUntil = countedUntil(video);
  }

  /**
   * A video that is hidden counts up to the time of the record that hides it, so that thresholds
   * are the same whenever the record is read.
   */
  private static int countedUntil(VideoState video) {
    if (!video.isKnown() || video.isPublic()) {
      return video.isKnown() ? NEVER : 0;
    }
    return Minutes.of(video.isRemoved() ? video.removedAt() : video.at());
  }

  /** Returns whether everyone may see the video, and its figures. */
  public boolean isPublic() {
    return isPublic;
  }

  /** Returns whether the publication of the video is known. */
  public boolean isKnown() {
    return creatorId != 0;
  }

  /** Adds views. */
  public void add(ViewCount count) {
    rolling.add(count.minute(), count.views());
    if (!count.late()) {
      addToHour(count, Minutes.hourOf(count.minute()));
    }
  }

  private void addToHour(ViewCount count, int hour) {
    for (int i = 0; i < hours.size(); i++) {
      if (hours.get(i).hour() == hour) {
        hours.set(i, hours.get(i).and(count));
        return;
      }
    }
    hours.add(new HourTotals(hour, count.views(), count.watchMs(), count.viewers(), false));
  }

  /** Returns the creator of the video; 0 if its publication is not known. */
  public long creatorId() {
    return creatorId;
  }

  /** Views of the last hour, as they were {@linkplain #count counted} last. */
  public int counted() {
    return counted;
  }

  /**
   * Counts the views of the hour of which this minute is the last, and forgets older ones. A video
   * that is no longer public, or of unknown publication, counts as one without views.
   */
  public int count(int minute) {
    rolling.evict(minute);
    counted = minute < countedUntil ? rolling.sum(minute) : 0;
    return counted;
  }

  /**
   * Returns the ratio of distinct viewers to views, 0 to 1, in the UTC hours that overlap the
   * rolling hour. A viewer in both hours counts once.
   */
  public double distinctShare(int minute) {
    int last = Minutes.hourOf(minute);
    long views = 0;
    byte[] viewers = ViewerCounts.NO_VIEWERS;
    for (HourTotals hour : hours) {
      if (hour.hour() == last || hour.hour() == last - 1) {
        views += hour.views();
        viewers = ViewerCounts.merge(viewers, hour.viewers());
      }
    }
    return views == 0 ? 0 : Math.min(1.0, (double) ViewerCounts.count(viewers) / views);
  }

  /**
   * Returns the views of each minute since the publication of the video.
   *
   * @return one number per closed minute, at most 60; empty for an older or unknown video
   */
  public Optional<int[]> firstHour(int minute) {
    int published = Minutes.of(publishedAt);
    int age = minute - published + 1;
    return age < 1 || age > Minutes.PER_HOUR
        ? Optional.empty()
        : Optional.of(rolling.slice(published, age));
  }

  /** Returns the minute that ends when the video is an hour old; in the past if unknown. */
  public int hourOldAt() {
    return Minutes.of(publishedAt) + Minutes.PER_HOUR - 1;
  }

  /**
   * Emits the hours that are final, and deletes those that the rolling hour has left.
   *
   * @param minute the closed minute
   * @param lateness minutes after the end of an hour during which its views still count
   */
  public void closeHours(int minute, int lateness, Consumer<HourTotals> into) {
    for (int i = 0; i < hours.size(); i++) {
      HourTotals hour = hours.get(i);
      if (!hour.published() && closesAt(hour.hour(), lateness) <= minute) {
        into.accept(hour);
        hours.set(i, hour.asPublished());
      }
    }
    for (Iterator<HourTotals> all = hours.iterator(); all.hasNext(); ) {
      HourTotals hour = all.next();
      if (hour.published() && leavesAt(hour) <= minute) {
        all.remove();
      }
    }
  }

  /**
   * Returns whether the UTC hour of a minute is final.
   *
   * @param over the closed minute
   * @param lateness minutes after the end of an hour during which its views still count
   */
  public static boolean isClosed(int minute, int over, int lateness) {
    return closesAt(Minutes.hourOf(minute), lateness) <= over;
  }

  /** Returns the last minute in which late views of the hour still count. */
  private static int closesAt(int hour, int lateness) {
    return (hour + 1) * Minutes.PER_HOUR + lateness - 1;
  }

  private static int leavesAt(HourTotals hour) {
    return (hour.hour() + 2) * Minutes.PER_HOUR - 1;
  }

  /** Returns the next due minute, as last {@linkplain #dueAt(int) set}. */
  public int dueMinute() {
    return due;
  }

  /** Returns the first minute of which counts wait elsewhere; {@link #NEVER} for none. */
  public int spilledFrom() {
    return spilledFrom;
  }

  /** Sets {@link #spilledFrom}. */
  public void spilledFrom(int minute) {
    spilledFrom = minute;
  }

  /** Sets the next due minute. */
  public void dueAt(int minute) {
    due = minute;
  }

  /**
   * Returns the next minute whose end changes the state without new views: a minute enters or
   * leaves the rolling hour, a UTC hour becomes final or leaves it, or counts wait for the minute.
   */
  public int nextChange(int minute, int lateness) {
    int next = Math.min(rolling.nextChange(minute), spilledFrom);
    for (HourTotals hour : hours) {
      next = Math.min(next, hour.published() ? leavesAt(hour) : closesAt(hour.hour(), lateness));
    }
    return next;
  }
}
