package dev.upswell.popularity;

import dev.upswell.contract.VideoIds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is remembered of a video's views: the rolling hour, the UTC hours that are not over yet or
 * still needed, and when to look at it again.
 *
 * <p>It is looked at minute by minute, by the last minute that is over. Made once and filled from
 * the state of one video after the other. Not safe for use by several threads.
 */
public final class VideoViews {
  /** No minute comes after it. */
  public static final int NEVER = Integer.MAX_VALUE;

  private static final int VERSION = 1;

  private final PackedBytes packed = new PackedBytes();
  private final PackedBytes given = new PackedBytes();
  private final RollingHour rolling = new RollingHour();
  private final List<HourTotals> hours = new ArrayList<>();
  private long creatorId;
  private int counted;
  private int due;

  /** Of no video yet. */
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

  /** Becomes what {@link #toBytes} packed. */
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

  /** Whether nothing has to be remembered. */
  public boolean isEmpty() {
    return rolling.isEmpty() && hours.isEmpty() && counted == 0;
  }

  /** Adds views. */
  public void add(ViewCount count) {
    creatorId = count.creatorId();
    rolling.add(count.minute(), count.views());
    if (!count.afterClosing()) {
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

  /** Who made the video. */
  public long creatorId() {
    return creatorId;
  }

  /** Views of the last hour, as they were {@linkplain #count counted} last. */
  public int counted() {
    return counted;
  }

  /** Counts the views of the hour of which this minute is the last, and forgets older ones. */
  public int count(int minute) {
    rolling.forget(minute);
    counted = rolling.sum(minute);
    return counted;
  }

  /**
   * Which share of the views came from different viewers, 0 to 1, in the UTC hours that the rolling
   * hour lies in: those have their viewers counted anyway. Who watches in both hours counts in
   * both: to unite two sketches for each video and minute costs more than the difference is worth.
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
   * The views of each minute since the video was published.
   *
   * @return as many numbers as minutes are over, at most 60; empty for a video older than that, or
   *     with an id that tells another time
   */
  public Optional<int[]> firstHour(long videoId, int minute) {
    int published = Minutes.of(VideoIds.millisOf(videoId));
    int age = minute - published + 1;
    return age < 1 || age > Minutes.PER_HOUR
        ? Optional.empty()
        : Optional.of(rolling.slice(published, age));
  }

  /**
   * Gives out the hours that are final, and forgets those that the rolling hour has left.
   *
   * @param minute the last that is over
   * @param lateness minutes after its end until which views of an hour count in it
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
   * Whether the UTC hour of a minute is final.
   *
   * @param over the last minute that is over
   * @param lateness minutes after its end until which views of an hour count in it
   */
  public static boolean isClosed(int minute, int over, int lateness) {
    return closesAt(Minutes.hourOf(minute), lateness) <= over;
  }

  /** The minute that is the last of it and of the time in which late views still count. */
  private static int closesAt(int hour, int lateness) {
    return (hour + 1) * Minutes.PER_HOUR + lateness - 1;
  }

  private static int leavesAt(HourTotals hour) {
    return (hour.hour() + 2) * Minutes.PER_HOUR - 1;
  }

  /** When to look at it again, as was {@linkplain #due(int) said} last. */
  public int due() {
    return due;
  }

  /** Says when to look at it again. */
  public void due(int minute) {
    due = minute;
  }

  /**
   * The next minute at whose end something changes without more views: a minute enters or leaves
   * the hour, or an hour is final or left.
   */
  public int nextChange(int minute, int lateness) {
    int next = rolling.nextChange(minute);
    for (HourTotals hour : hours) {
      next = Math.min(next, hour.published() ? leavesAt(hour) : closesAt(hour.hour(), lateness));
    }
    return next;
  }
}
