package dev.upswell.views.source;

import dev.upswell.contract.events.View;
import dev.upswell.views.decode.ViewDecoder;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Views as records. */
final class Views {
  static final String TOPIC = "upswell.views";

  private static final ViewDecoder DECODER = new ViewDecoder(InstantSource.system());

  private Views() {}

  static View view(long viewer, long at) {
    return View.newBuilder()
        .setViewerId(viewer)
        .setVideoId(9)
        .setCreatorId(7)
        .setViewedAt(at)
        .build();
  }

  static ViewRecord record(View view) {
    ViewRecord record = new ViewRecord();
    byte[] bytes = view.toByteArray();
    DECODER
        .decode(bytes, record.view())
        .ifPresent(
            wrong -> {
              throw new AssertionError(wrong.toString());
            });
    record.isView(bytes);
    return record;
  }

  static ConsumerRecord<byte[], byte[]> inKafka(int partition, byte[] value) {
    return new ConsumerRecord<>(TOPIC, partition, 5, new byte[0], value);
  }
}
