package dev.upswell.trending;

import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendCount;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * Counts far ahead of the closed slot, in state by creator and five minutes of event time.
 *
 * <p>One source may be read days ahead of another, after an outage or from the start of the topics.
 * What the watermark has not reached must not fill the memory. Watermark alignment would prevent
 * it, but in Flink 2.3 a partition that turns idle while it is paused is never resumed
 * (FLINK-40093).
 */
final class AheadCounts {
  /** Slots beyond the closed one that are kept in memory. */
  static final int IN_MEMORY = 60;

  private static final int BUCKET = 30;

  private static final ListStateDescriptor<long[]> COUNTS =
      new ListStateDescriptor<>("ahead", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private final State state;
  private final InternalTimerService<Integer> timers;

  /** Buckets with counts. */
  private final TreeSet<Integer> buckets = new TreeSet<>();

  /** Returns the state of the current creator in a bucket. */
  @FunctionalInterface
  interface State {
    ListState<long[]> of(int bucket, ListStateDescriptor<long[]> descriptor) throws Exception;
  }

  /** Receives the counts of a creator. */
  @FunctionalInterface
  interface Receiver {
    void accept(long creatorId, TrendCount count);
  }

  /**
   * Opens the counts.
   *
   * @param timers call {@link #load} for each creator of a bucket
   */
  AheadCounts(State state, InternalTimerService<Integer> timers) {
    this.state = state;
    this.timers = timers;
  }

  /** Stores a count of the current creator. */
  void add(TrendCount count) throws Exception {
    int bucket = Math.floorDiv(count.slot(), BUCKET);
    BufferedTrendCounts packed = new BufferedTrendCounts();
    packed.add(count);
    state.of(bucket, COUNTS).add(packed.packed());
    timers.registerEventTimeTimer(bucket, timeOf(bucket));
    buckets.add(bucket);
  }

  /** Returns the first slot of the next bucket; the greatest number if there is none. */
  int firstSlot() {
    return buckets.isEmpty() ? Integer.MAX_VALUE : buckets.first() * BUCKET;
  }

  /**
   * Begins to load the next bucket.
   *
   * @return the watermark that fires its timers
   */
  long beginNext() {
    int bucket = buckets.first();
    buckets.remove(bucket);
    return timeOf(bucket);
  }

  /** Returns a time at which all slots before a bucket may be closed, but none in it. */
  private static long timeOf(int bucket) {
    return Slots.end(bucket * BUCKET - 1);
  }

  /** Passes the counts of the timer's creator and bucket on, and deletes them. */
  void load(InternalTimer<Long, Integer> timer, Receiver to) throws Exception {
    ListState<long[]> counts = state.of(timer.getNamespace(), COUNTS);
    for (long[] packed : counts.get()) {
      BufferedTrendCounts.unpack(packed, count -> to.accept(timer.getKey(), count));
    }
    counts.clear();
  }

  List<Integer> buckets() {
    return new ArrayList<>(buckets);
  }

  /** Restores the buckets, and passes all their counts to a receiver. They stay in the state. */
  <K> void restore(Iterable<Integer> stored, KeyedStateBackend<K> backend, Receiver to)
      throws Exception {
    stored.forEach(buckets::add);
    for (int bucket : buckets) {
      backend.applyToAllKeys(
          bucket,
          IntSerializer.INSTANCE,
          COUNTS,
          (key, counts) -> {
            for (long[] packed : counts.get()) {
              BufferedTrendCounts.unpack(packed, count -> to.accept((Long) key, count));
            }
          });
    }
  }
}
