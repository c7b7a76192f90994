package dev.upswell.popularity.trending;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Engagement of one video by origin: decayed sums, in parallel arrays of places.
 *
 * <p>A place is decayed only when an event occurs in it. Reads at later slots do not change it. So
 * its content depends only on the events per slot, not on the number of reads, nor on the order
 * within a slot. Engagement has no origin; it is stored once and distributed like the views. Not
 * thread-safe.
 */
final class VideoTrend {
  /** Less than this of a view is forgotten. */
  private static final long FORGOTTEN = Decay.ONE / 2;

  private static final int WIDTH = 5;
  private static final int WEIGHT = 0;
  private static final int VIEWS = 1;
  private static final int VIEWERS = 2;
  private static final int PAST_WEIGHT = 3;

  /** A double, by its bits. */
  private static final int PAST_SQUARES = 4;

  private static final int HEAD_BYTES = 3 * Integer.BYTES + 3 * Long.BYTES;

  private final Baseline expectation;

  /** Origins in ascending order; the first is the world. */
  private int[] origins = {ScopeKey.GLOBAL};

  private int[] touched = new int[1];
  private long[] sums = new long[WIDTH];
  private int size = 1;

  private int first;
  private int engaged;
  private long engagement;
  private long reports;
  private long pastEngagement;

  /**
   * Creates a video without events.
   *
   * @param slot slot of its first event
   */
  VideoTrend(Baseline expectation, int slot) {
    this.expectation = expectation;
    clear(slot);
  }

  private void clear(int slot) {
    size = 1;
    first = slot;
    engaged = slot;
    touched[0] = slot;
    engagement = 0;
    reports = 0;
    pastEngagement = 0;
    Arrays.fill(sums, 0, WIDTH, 0);
  }

  // ---- Events

  /**
   * Adds a count of a slot.
   *
   * @param slot not before that of an earlier call
   */
  void add(TrendCount count, int slot) {
    if (Math.max(touched[0], engaged) < slot && isExpired(slot)) {
      clear(slot);
    }
    // A count of zero is an event all the same, so that combining elsewhere makes no difference.
    boolean isWatched = count.views() != 0 || count.viewers() != 0;
    if (count.engagement() != 0 || count.reports() != 0 || !isWatched) {
      engage(count, slot);
    }
    if (isWatched) {
      add(0, count, slot);
      if (count.origin() != ScopeKey.GLOBAL) {
        add(placeFor(ScopeKey.regionOf(count.origin()), slot), count, slot);
        add(placeFor(count.origin(), slot), count, slot);
      }
    }
  }

  /**
   * Adds engagement and reports with their age. Withdrawals may exceed the likes of the same slot,
   * because counts of a slot come in any order. What is below 0 at its end is forgotten, so that it
   * takes nothing from later likes.
   */
  private void engage(TrendCount count, int slot) {
    Decay fast = expectation.fast();
    Decay slow = expectation.slow();
    int since = since(engaged, slot);
    if (since > 0) {
      engagement = fast.left(Math.max(0, engagement), since);
      reports = fast.left(reports, since);
      pastEngagement = slow.left(Math.max(0, pastEngagement), since);
      engaged = slot;
    }
    // Multiplied after rounding, so that the sum does not depend on how counts were combined.
    engagement += count.engagement() * fast.left(Decay.ONE, count.age());
    reports += count.reports() * fast.left(Decay.ONE, count.age());
    pastEngagement += count.engagement() * slow.left(Decay.ONE, count.age());
  }

  private long fastEngagement(int slot) {
    return expectation.fast().left(Math.max(0, engagement), since(engaged, slot));
  }

  private long slowEngagement(int slot) {
    return expectation.slow().left(Math.max(0, pastEngagement), since(engaged, slot));
  }

  private void add(int place, TrendCount count, int slot) {
    int at = place * WIDTH;
    int age = since(touched[place], slot);
    Decay fast = expectation.fast();
    sums[at + PAST_SQUARES] =
        Double.doubleToLongBits(
            expectation.squares(
                Double.longBitsToDouble(sums[at + PAST_SQUARES]), real(sums[at]), age));
    sums[at] = fast.left(sums[at], age) + count.weight() * Decay.ONE;
    sums[at + VIEWS] = fast.left(sums[at + VIEWS], age) + count.views() * Decay.ONE;
    sums[at + VIEWERS] = fast.left(sums[at + VIEWERS], age) + count.viewers() * Decay.ONE;
    sums[at + PAST_WEIGHT] =
        expectation.slow().left(sums[at + PAST_WEIGHT], age) + count.weight() * Decay.ONE;
    touched[place] = Math.max(touched[place], slot);
  }

  /**
   * Returns the place of an origin. Creates it if it is absent, and clears it if it has expired.
   */
  private int placeFor(int origin, int slot) {
    int place = place(origin);
    if (place >= 0) {
      if (touched[place] < slot && isExpired(place, slot)) {
        Arrays.fill(sums, place * WIDTH, (place + 1) * WIDTH, 0);
      }
      return place;
    }
    insert(-place - 1, origin, slot);
    return -place - 1;
  }

  private int place(int origin) {
    return Arrays.binarySearch(origins, 0, size, origin);
  }

  private void insert(int place, int origin, int slot) {
    if (size == origins.length) {
      int larger = size + Math.max(2, size / 2);
      origins = Arrays.copyOf(origins, larger);
      touched = Arrays.copyOf(touched, larger);
      sums = Arrays.copyOf(sums, larger * WIDTH);
    }
    System.arraycopy(origins, place, origins, place + 1, size - place);
    System.arraycopy(touched, place, touched, place + 1, size - place);
    System.arraycopy(sums, place * WIDTH, sums, (place + 1) * WIDTH, (size - place) * WIDTH);
    origins[place] = origin;
    touched[place] = slot;
    Arrays.fill(sums, place * WIDTH, (place + 1) * WIDTH, 0);
    size++;
  }

  // ---- Expiry

  /** Returns whether all sums have decayed to zero. */
  boolean isExpired(int slot) {
    return isExpired(0, slot) && slowEngagement(slot) < FORGOTTEN;
  }

  private boolean isExpired(int place, int slot) {
    return expectation.slow().left(sums[place * WIDTH + PAST_WEIGHT], since(touched[place], slot))
        < FORGOTTEN;
  }

  /** Frees the memory of expired places. */
  void compact(int slot) {
    int kept = 1;
    for (int place = 1; place < size; place++) {
      if (!isExpired(place, slot)) {
        origins[kept] = origins[place];
        touched[kept] = touched[place];
        System.arraycopy(sums, place * WIDTH, sums, kept * WIDTH, WIDTH);
        kept++;
      }
    }
    size = kept;
    if (size * 2 < origins.length) {
      origins = Arrays.copyOf(origins, size);
      touched = Arrays.copyOf(touched, size);
      sums = Arrays.copyOf(sums, size * WIDTH);
    }
  }

  // ---- Queries

  /** Places there are: the world, regions, segments. */
  int places() {
    return size;
  }

  int origin(int place) {
    return origins[place];
  }

  /** The last slot in which something happened there. */
  int touched(int place) {
    // Engagement changes all of them.
    return Math.max(touched[place], engaged);
  }

  double views(int place, int slot) {
    return fast(place, VIEWS, slot);
  }

  double viewers(int place, int slot) {
    return fast(place, VIEWERS, slot);
  }

  /**
   * Returns the engagement of a place: the weight of its views, times {@code 1 + (engagement -
   * reports) / weight} of the whole world. Engagement counts up to the bound, and reports up to one
   * per viewer.
   */
  double engagement(int place, int slot, TrendingSettings settings) {
    double weight = fast(0, WEIGHT, slot);
    if (weight <= 0) {
      return 0;
    }
    double liked =
        within(real(fastEngagement(slot)), settings.spam().maxEngagementPerView() * weight);
    double disliked =
        within(
            real(expectation.fast().left(reports, since(engaged, slot))),
            settings.weights().report() * viewers(0, slot));
    double all = Math.max(0, weight + liked - disliked);
    return place == 0 ? all : all * (fast(place, WEIGHT, slot) / weight);
  }

  /** Past engagement there: the slow sum less the fast one. Reports do not lower it. */
  double past(int place, int slot, TrendingSettings settings) {
    double weight = pastWeight(0, slot);
    if (weight <= 0) {
      return 0;
    }
    double liked =
        within(
            real(slowEngagement(slot) - fastEngagement(slot)),
            settings.spam().maxEngagementPerView() * weight);
    double all = weight + liked;
    return place == 0 ? all : all * (pastWeight(place, slot) / weight);
  }

  /** Returns the baseline of a place, for a creator with this engagement per slot. */
  double expected(int place, int slot, double usual, TrendingSettings settings) {
    double weight = fast(0, WEIGHT, slot);
    double share = place == 0 || weight <= 0 ? 1 : fast(place, WEIGHT, slot) / weight;
    return expectation.of(past(place, slot, settings), usual * share, slot - first);
  }

  /** Returns the variance of engagement of a place, see {@link Baseline#variance}. */
  double variance(int place, int slot, TrendingSettings settings) {
    int at = place * WIDTH;
    int age = since(touched[place], slot);
    double weight = fast(place, WEIGHT, slot);
    if (weight <= 0) {
      return 0;
    }
    double squares =
        expectation.squares(
            Double.longBitsToDouble(sums[at + PAST_SQUARES]), real(sums[at + WEIGHT]), age);
    double past = real(expectation.slow().left(sums[at + PAST_WEIGHT], age));
    double more = engagement(place, slot, settings) / weight;
    return expectation.variance(squares, past, weight, slot - first) * more * more;
  }

  /** Returns the usual engagement per slot in the whole world. */
  double rate(int slot, TrendingSettings settings) {
    return expectation.rate(past(0, slot, settings), slot - first);
  }

  private double fast(int place, int sum, int slot) {
    return real(expectation.fast().left(sums[place * WIDTH + sum], since(touched[place], slot)));
  }

  private double pastWeight(int place, int slot) {
    int age = since(touched[place], slot);
    int at = place * WIDTH;
    return real(
        expectation.slow().left(sums[at + PAST_WEIGHT], age)
            - expectation.fast().left(sums[at + WEIGHT], age));
  }

  private static int since(int then, int slot) {
    return Math.max(0, slot - then);
  }

  private static double real(long amount) {
    return (double) amount / Decay.ONE;
  }

  private static double within(double amount, double most) {
    return Math.max(0, Math.min(amount, most));
  }

  // ---- Packed

  byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEAD_BYTES + size * (2 * Integer.BYTES + WIDTH * Long.BYTES));
    bytes.putInt(first).putInt(engaged).putInt(size);
    bytes.putLong(engagement).putLong(reports).putLong(pastEngagement);
    for (int place = 0; place < size; place++) {
      bytes.putInt(origins[place]).putInt(touched[place]);
      for (int at = place * WIDTH; at < (place + 1) * WIDTH; at++) {
        bytes.putLong(sums[at]);
      }
    }
    return bytes.array();
  }

  /** Reads the packed form, which ends the buffer. */
  static VideoTrend of(Baseline expectation, ByteBuffer bytes) {
    VideoTrend video = new VideoTrend(expectation, bytes.getInt());
    video.engaged = bytes.getInt();
    video.size = bytes.getInt();
    video.engagement = bytes.getLong();
    video.reports = bytes.getLong();
    video.pastEngagement = bytes.getLong();
    video.origins = new int[video.size];
    video.touched = new int[video.size];
    video.sums = new long[video.size * WIDTH];
    for (int place = 0; place < video.size; place++) {
      video.origins[place] = bytes.getInt();
      video.touched[place] = bytes.getInt();
      for (int at = place * WIDTH; at < (place + 1) * WIDTH; at++) {
        video.sums[at] = bytes.getLong();
      }
    }
    return video;
  }
}
