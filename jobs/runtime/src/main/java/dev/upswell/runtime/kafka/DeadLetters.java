package dev.upswell.runtime.kafka;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.events.DeadLetter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Creates dead letters: coordinates, reason and bytes of a rejected record. */
public final class DeadLetters {
  private DeadLetters() {}

  /**
   * Creates a dead letter.
   *
   * @param reason as {@code field: value (expected: what is allowed)}
   * @param now in Unix milliseconds
   */
  public static DeadLetter of(ConsumerRecord<byte[], byte[]> record, String reason, long now) {
    byte @Nullable [] bytes = record.value();
    ByteString raw =
        bytes == null
            ? ByteString.EMPTY
            : ByteString.copyFrom(bytes, 0, Math.min(bytes.length, EventCodec.MAX_RECORD_BYTES));
    return DeadLetter.newBuilder()
        .setTopic(record.topic())
        .setPartition(record.partition())
        .setOffset(record.offset())
        .setReason(reason)
        .setRaw(raw)
        .setAt(Timestamps.fromMillis(now))
        .build();
  }
}
