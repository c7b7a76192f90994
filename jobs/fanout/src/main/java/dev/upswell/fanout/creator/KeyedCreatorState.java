package dev.upswell.fanout.creator;

import dev.upswell.fanout.KeyedValue;
import dev.upswell.feeds.creator.CreatorState;
import dev.upswell.feeds.pull.PullState;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * State of the current creator, in Flink.
 *
 * <p>Every read is a lookup in RocksDB. So all fields that an edge needs are one value, read once
 * at the start of an event and written once at its end. The pulled flag is a state of its own,
 * which few creators have, so that a rebuild can enumerate it.
 */
final class KeyedCreatorState implements CreatorState {
  /** Pulled creators, which a rebuild writes to Redis. */
  static final ValueStateDescriptor<long[]> PULLED =
      new ValueStateDescriptor<>("pulled", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long[] NOTHING = new long[0];

  private final KeyedValue<long[]> creator;
  private final KeyedValue<long[]> pulled;
  private Counts countsBefore = Counts.NONE;
  private Counts counts = Counts.NONE;
  private Pulling pullingBefore = Pulling.NOT;
  private Pulling pulling = Pulling.NOT;

  KeyedCreatorState(RuntimeContext context) {
    creator =
        KeyedValue.of(
            context, "creator", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO, NOTHING);
    pulled = new KeyedValue<>(context.getState(PULLED), NOTHING);
  }

  /** Reads the current key's creator. Before everything else of an event. */
  void begin() {
    countsBefore = Counts.unpack(creator.get());
    counts = countsBefore;
    pullingBefore = counts.isPulled ? Pulling.unpack(pulled.get()) : Pulling.NOT;
    pulling = pullingBefore;
  }

  /** Writes the changes since {@link #begin}. */
  void end() {
    boolean isPulled = !pulling.equals(Pulling.NOT);
    if (!pulling.equals(pullingBefore)) {
      pulled.set(pulling.pack(), !isPulled);
      counts = new Counts(counts.followers, counts.members, counts.spread, isPulled);
    }
    if (!counts.equals(countsBefore)) {
      creator.set(counts.pack(), counts.equals(Counts.NONE));
    }
  }

  @Override
  public long followers() {
    return counts.followers;
  }

  @Override
  public void followers(long count) {
    counts = new Counts(count, counts.members, counts.spread, counts.isPulled);
  }

  @Override
  public long members() {
    return counts.members;
  }

  @Override
  public void members(long count) {
    counts = new Counts(counts.followers, count, counts.spread, counts.isPulled);
  }

  @Override
  public boolean spread() {
    return counts.spread;
  }

  @Override
  public void spread(boolean isSpread) {
    counts = new Counts(counts.followers, counts.members, isSpread, counts.isPulled);
  }

  @Override
  public PullState pull() {
    return pulling.pull;
  }

  @Override
  public void pull(PullState pull) {
    pulling = pull.equals(PullState.NONE) ? Pulling.NOT : new Pulling(pull, pulling.pushUntil);
  }

  @Override
  public long pushUntil() {
    return pulling.pushUntil;
  }

  @Override
  public void pushUntil(long millis) {
    pulling = pull().equals(PullState.NONE) ? Pulling.NOT : new Pulling(pulling.pull, millis);
  }

  /**
   * Fields that every edge needs.
   *
   * @param isPulled whether the other state exists
   */
  private record Counts(long followers, long members, boolean spread, boolean isPulled) {
    private static final int SPREAD = 1;
    private static final int PULLED = 2;

    static final Counts NONE = new Counts(0, 0, false, false);

    long[] pack() {
      return new long[] {followers, members, (spread ? SPREAD : 0) | (isPulled ? PULLED : 0)};
    }

    static Counts unpack(long[] packed) {
      return packed.length == 0
          ? NONE
          : new Counts(packed[0], packed[1], (packed[2] & SPREAD) != 0, (packed[2] & PULLED) != 0);
    }
  }

  private record Pulling(PullState pull, long pushUntil) {
    static final Pulling NOT = new Pulling(PullState.NONE, 0);

    long[] pack() {
      return new long[] {pull.since(), pull.lowSince(), pushUntil};
    }

    static Pulling unpack(long[] packed) {
      return packed.length == 0 ? NOT : new Pulling(new PullState(packed[0], packed[1]), packed[2]);
    }
  }
}
