package dev.upswell.popularity;

import dev.upswell.contract.VideoIds;
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

  private static final int VERSION = 1;

  private final PackedBytes packed = new PackedBytes();
  private final PackedBytes given = new PackedBytes();
  private final RollingHour rolling = new RollingHour();
  private final List<HourTotals> hours = new ArrayList<>();
  private long creatorId;
  private int counted;
  private int due;

  /** Creates an object without a video. */
  public VideoViews() {
    clear();
  }

  /** Becomes a video without views. */
  public void clear() {
    rolling.clear();
    hours.clear();
    creatorId = 0;
    counted = 0;
    due = NEVER;
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
    counted = (int) given.readVarint();
    due = (int) given.readVarint();
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
    packed.writeVarint(counted);
    packed.writeVarint(due);
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
    return rolling.isEmpty() && hours.isEmpty() && counted == 0;
  }

  /** Adds views. */
  public void add(ViewCount count) {
    creatorId = count.creatorId();
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

  /** Returns the id of the creator of the video. */
  public long creatorId() {
    return creatorId;
  }

  /** Views of the last hour, as they were {@linkplain #count counted} last. */
  public int counted() {
    return counted;
  }

  /** Counts the views of the hour of which this minute is the last, and forgets older ones. */
  public int count(int minute) {
    rolling.evict(minute);
    counted = rolling.sum(minute);
    return counted;
  }

  /**
   * Returns the ratio of distinct viewers to views, 0 to 1, in the UTC hours that overlap the
   * rolling hour. These have sketches of viewers anyway. A viewer in both hours counts twice,
   * because the union of two sketches per video and minute would cost more than it gains.
   */
  public double distinctShare(int minute) {
    int last = Minutes.hourOf(minute);
    long views = 0;
    long viewers = 0;
    for (HourTotals hour : hours) {
      if (hour.hour() == last || hour.hour() == last - 1) {
        views += hour.views();
        viewers += ViewerCounts.count(hour.viewers());
      }
    }
    return views == 0 ? 0 : Math.min(1.0, (double) viewers / views);
  }

  /**
   * Returns the views of each minute since the publication of the video.
   *
   * @return one number per closed minute, at most 60; empty for an older video, or for an id
   *     without a valid time
   */
  public Optional<int[]> firstHour(long videoId, int minute) {
    int published = Minutes.of(VideoIds.millisOf(videoId));
    int age = minute - published + 1;
    return age < 1 || age > Minutes.PER_HOUR
        ? Optional.empty()
        : Optional.of(rolling.slice(published, age));
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

  /** Sets the next due minute. */
  public void dueAt(int minute) {
    due = minute;
  }

  /**
   * Returns the next minute whose end changes the state without new views: a minute enters or
   * leaves the rolling hour, or a UTC hour becomes final or leaves it.
   */
  public int nextChange(int minute, int lateness) {
    int next = rolling.nextChange(minute);
    for (HourTotals hour : hours) {
      next = Math.min(next, hour.published() ? leavesAt(hour) : closesAt(hour.hour(), lateness));
    }
    return next;
  }
}
