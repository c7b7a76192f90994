package dev.upswell.views.source;

import dev.upswell.contract.events.View;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Views as records. */
final class Views {
  static final String TOPIC = "upswell.views";

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
    return ViewRecord.ofView(view.toByteArray(), false);
  }

  static ConsumerRecord<byte[], byte[]> inKafka(int partition, byte[] value) {
    return new ConsumerRecord<>(TOPIC, partition, 5, new byte[0], value);
  }
}
