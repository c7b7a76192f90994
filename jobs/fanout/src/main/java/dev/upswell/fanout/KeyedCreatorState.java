package dev.upswell.fanout;

import dev.upswell.feeds.audience.CreatorState;
import dev.upswell.feeds.audience.Pull;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/** The current key's creator, in Flink's state. */
final class KeyedCreatorState implements CreatorState {
  /** Whoever has one is written to Redis. */
  static final ValueStateDescriptor<long[]> PULLED =
      new ValueStateDescriptor<>("pulled", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long[] PUSHED = new long[0];

  private final KeyedValue<Long> followers;
  private final KeyedValue<Long> members;
  private final KeyedValue<Boolean> spread;

  /** Since when, since when low, pushed until: of few creators, so all in one. */
  private final KeyedValue<long[]> pulled;

  KeyedCreatorState(RuntimeContext context) {
    followers = KeyedValue.of(context, "followers", Types.LONG, 0L);
    members = KeyedValue.of(context, "members", Types.LONG, 0L);
    spread = KeyedValue.of(context, "spread", Types.BOOLEAN, false);
    pulled = new KeyedValue<>(context.getState(PULLED), PUSHED);
  }

  @Override
  public long followers() {
    return followers.get();
  }

  @Override
  public void followers(long count) {
    followers.set(count);
  }

  @Override
  public long members() {
    return members.get();
  }

  @Override
  public void members(long count) {
    members.set(count);
  }

  @Override
  public boolean spread() {
    return spread.get();
  }

  @Override
  public void spread(boolean isSpread) {
    spread.set(isSpread);
  }

  @Override
  public Pull pull() {
    long[] packed = pulled.get();
    return packed.length == 0 ? Pull.NONE : new Pull(packed[0], packed[1]);
  }

  @Override
  public void pull(Pull pull) {
    pulled.set(new long[] {pull.since(), pull.lowSince(), pushUntil()}, pull.equals(Pull.NONE));
  }

  @Override
  public long pushUntil() {
    long[] packed = pulled.get();
    return packed.length == 0 ? 0 : packed[2];
  }

  @Override
  public void pushUntil(long millis) {
    Pull pull = pull();
    pulled.set(new long[] {pull.since(), pull.lowSince(), millis}, pull.equals(Pull.NONE));
  }
}
