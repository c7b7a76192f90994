package dev.upswell.fanout.audience;

import dev.upswell.contract.events.FeedDelivery;
import dev.upswell.fanout.FanoutTypes;
import dev.upswell.fanout.KeyedValue;
import dev.upswell.feeds.audience.DeliveryPart;
import dev.upswell.feeds.audience.FanOut;
import dev.upswell.feeds.audience.LatencyHistogram;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Adds up the results of a fan-out in all its audiences. Deletes its state after the last one. */
public final class DeliveriesFunction
    extends KeyedProcessFunction<Tuple2<Long, Long>, DeliveryPart, FeedDelivery> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<PullRelease> RELEASES =
      new OutputTag<>("releases", FanoutTypes.RELEASE);

  private static final long[] NOTHING = new long[0];

  /** Numbers of a packed sum before those of its lags. */
  private static final int HEAD = 6;

  private transient KeyedValue<long[]> sum;

  @Override
  public void open(OpenContext context) {
    sum =
        KeyedValue.of(
            getRuntimeContext(),
            "sum",
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO,
            NOTHING);
  }

  @Override
  public void processElement(DeliveryPart part, Context context, Collector<FeedDelivery> out) {
    FanOut fanOut = part.fanOut();
    DeliveryPart all = part;
    if (fanOut.parts() > 1) {
      long[] before = sum.get();
      long parts = before.length == 0 ? 1 : before[0] + 1;
      all = before.length == 0 ? part : part.and(unpack(fanOut, before));
      if (parts < fanOut.parts()) {
        sum.set(pack(parts, all), false);
        return;
      }
      sum.set(NOTHING, true);
    }
    if (fanOut.kind() == FanOut.Kind.DROP) {
      context.output(RELEASES, new PullRelease(fanOut.creatorId(), fanOut.id()));
    } else {
      out.collect(delivery(all, context.timerService().currentProcessingTime()));
    }
  }

  private static FeedDelivery delivery(DeliveryPart all, long now) {
    FeedDelivery.Builder delivery =
        FeedDelivery.newBuilder()
            .setVideoId(all.fanOut().id())
            .setCreatorId(all.fanOut().creatorId())
            .setPlanned(number(all.planned()))
            .setPushed(number(all.pushed()))
            .setLagP50Ms(number(all.lags().quantile(0.5)))
            .setLagP99Ms(number(all.lags().quantile(0.99)))
            .setLagLastMs(number(all.lags().max()));
    skipped(delivery, "cold", all.cold());
    skipped(delivery, "left", all.left());
    skipped(delivery, "pulled", all.pulled());
    delivery.getAtBuilder().setSeconds(now / 1_000).setNanos((int) (now % 1_000) * 1_000_000);
    return delivery.build();
  }

  private static void skipped(FeedDelivery.Builder delivery, String reason, long count) {
    if (count > 0) {
      delivery.putSkipped(reason, number(count));
    }
  }

  private static int number(long value) {
    return (int) Math.min(Integer.MAX_VALUE, value);
  }

  private static long[] pack(long parts, DeliveryPart part) {
    long[] lags = part.lags().toLongs();
    long[] packed = new long[HEAD + lags.length];
    packed[0] = parts;
    packed[1] = part.planned();
    packed[2] = part.pushed();
    packed[3] = part.cold();
    packed[4] = part.left();
    packed[5] = part.pulled();
    System.arraycopy(lags, 0, packed, HEAD, lags.length);
    return packed;
  }

  private static DeliveryPart unpack(FanOut fanOut, long[] packed) {
    LatencyHistogram lags =
        LatencyHistogram.fromLongs(Arrays.copyOfRange(packed, HEAD, packed.length));
    return new DeliveryPart(fanOut, packed[1], packed[2], packed[3], packed[4], packed[5], lags);
  }
}
