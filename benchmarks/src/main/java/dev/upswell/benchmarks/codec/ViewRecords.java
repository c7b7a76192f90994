package dev.upswell.benchmarks.codec;

import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.View;
import java.time.InstantSource;
import java.util.Random;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Views as an app sends them, in both encodings.
 *
 * <p>Many different records, the same in every run except for the time, because the branch
 * predictor would learn a single one.
 */
@State(Scope.Benchmark)
public class ViewRecords {
  static final int COUNT = 1_024;

  private static final String[] REGIONS = {"BR", "DE", "ID", "IN", "JP", "MX", "NG", "US"};
  private static final String[] DEVICES = {"android", "ios", "web"};
  private static final String[] SURFACES = {"feed", "for-you", "profile", "search"};
  private static final int HOUR_MILLIS = 3_600_000;

  final byte[][] protobuf = new byte[COUNT][];
  final byte[][] json = new byte[COUNT][];

  /** Makes the records; their times lie in the last hour. */
  public ViewRecords() {
    InstantSource clock = InstantSource.system();
    EventCodec<View> codec = new EventCodec<>(EventType.VIEWS, clock);
    Random random = new Random(1);
    for (int i = 0; i < COUNT; i++) {
      View view = view(random, clock.millis());
      protobuf[i] = codec.encodeProtobuf(view);
      json[i] = codec.encodeJson(view);
    }
  }

  private static View view(Random random, long now) {
    int durationMs = 3_000 + random.nextInt(60_000);
    View.Builder view =
        View.newBuilder()
            .setViewerId(1 + random.nextInt(1_000_000_000))
            .setVideoId(
                VideoIds.at(now - random.nextInt(HOUR_MILLIS * 24), random.nextInt(1 << 22)))
            .setCreatorId(1 + random.nextInt(1_000_000_000))
            .setViewedAt(now - random.nextInt(HOUR_MILLIS))
            .setWatchMs(random.nextInt(2 * durationMs))
            .setDurationMs(durationMs)
            .setEventId(Long.toHexString(random.nextLong()))
            .setRegion(anyOf(REGIONS, random))
            .setDevice(anyOf(DEVICES, random))
            .setSurface(anyOf(SURFACES, random));
    if (random.nextBoolean()) {
      view.setImpressionId(Long.toHexString(random.nextLong()));
    }
    return view.build();
  }

  private static String anyOf(String[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  /** Mean length of the records, in bytes. */
  static long meanBytes(byte[][] records) {
    long sum = 0;
    for (byte[] each : records) {
      sum += each.length;
    }
    return sum / records.length;
  }
}
