package dev.upswell.viral;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.View;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Views as a large app has them, and what goes wrong with them: videos by Zipf's law, one of them
 * with half of the traffic, views that come late, come again, or are none. What counts is in the
 * ledger.
 */
final class ViewLoad {
  static final long HOT = ViralSystem.video(1_000_000);

  private static final int VIDEOS = 20_000;
  private static final double EXPONENT = 1.05;
  private static final int VIEWERS = 2_000_000;
  private static final long LATE_FROM = 15_000;
  private static final long LATE_TO = 8 * ViewLedger.MINUTE;

  private final EventCodec<View> codec = new EventCodec<>(EventType.VIEWS, InstantSource.system());
  private final SplittableRandom random;
  private final double[] cumulative = new double[VIDEOS];
  private final ViewLedger ledger;

  /** The same without views that come late, to see what these change. */
  private final ViewLedger withoutLate;

  private long sent;
  private long records;
  private int malformed;

  ViewLoad(long seed, ViewLedger ledger, ViewLedger withoutLate) {
    this.random = new SplittableRandom(seed);
    this.ledger = ledger;
    this.withoutLate = withoutLate;
    double sum = 0;
    for (int rank = 1; rank <= VIDEOS; rank++) {
      sum += Math.pow(rank, -EXPONENT);
      cumulative[rank - 1] = sum;
    }
  }

  /** Publishes all videos. */
  static void publish(ViralSystem system) {
    system.publish(LongStream.rangeClosed(HOT, HOT + VIDEOS).toArray());
  }

  /** Sends so many different views, spread evenly over a time. */
  void send(ViralSystem system, int views, long from, long to) {
    for (int i = 0; i < views; i++) {
      long now = from + (to - from) * i / views;
      View view = view(now);
      byte[] record = encode(view);
      send(system, view.getViewerId(), record);
      int chance = random.nextInt(1_000);
      if (chance < 10) {
        send(system, view.getViewerId(), record);
      } else if (chance < 15) {
        malformed++;
        send(system, view.getViewerId(), broken(record));
      }
    }
    system.kafka.flush();
  }

  /** A record that ends in the middle of a field: one that ends between two may be a view. */
  private static byte[] broken(byte[] record) {
    byte[] broken = Arrays.copyOf(record, record.length + 1);
    broken[record.length] = (byte) 0x80;
    return broken;
  }

  private View view(long now) {
    boolean late = random.nextInt(100) == 0;
    long at = late ? now - random.nextLong(LATE_FROM, LATE_TO) : now;
    long video = random.nextBoolean() ? HOT : HOT + 1 + rank();
    long viewer = random.nextLong(1, VIEWERS);
    int watchMs = random.nextInt(60_000);
    sent++;
    ledger.add(video, viewer, at, watchMs);
    if (!late) {
      withoutLate.add(video, viewer, at, watchMs);
    }
    return View.newBuilder()
        .setViewerId(viewer)
        .setVideoId(video)
        .setCreatorId(1 + video % 1_000)
        .setViewedAt(at)
        .setWatchMs(watchMs)
        .setDurationMs(30_000)
        .setEventId(Long.toString(sent, 36))
        .setRegion("BR")
        .build();
  }

  private int rank() {
    double at = random.nextDouble(cumulative[VIDEOS - 1]);
    int place = Arrays.binarySearch(cumulative, at);
    return place < 0 ? -place - 1 : place;
  }

  private byte[] encode(View view) {
    return random.nextInt(4) == 0 ? json(view).getBytes(UTF_8) : codec.encodeProtobuf(view);
  }

  private static String json(View view) {
    return "{\"viewerId\":\"%d\",\"videoId\":\"%d\",\"creatorId\":\"%d\",\"viewedAt\":\"%d\",\"watchMs\":%d,\"eventId\":\"%s\"}"
        .formatted(
            view.getViewerId(),
            view.getVideoId(),
            view.getCreatorId(),
            view.getViewedAt(),
            view.getWatchMs(),
            view.getEventId());
  }

  private void send(ViralSystem system, long viewer, byte[] record) {
    records++;
    system.send(viewer, record);
  }

  /** Everything that was sent. */
  long records() {
    return records;
  }

  int malformed() {
    return malformed;
  }
}
