package dev.upswell.local.check;

import com.google.protobuf.ByteString;
import dev.upswell.contract.EventType;
import dev.upswell.local.events.KafkaEvents;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Records that are no events, sent among those that are. Not thread-safe. */
public final class MalformedRecords {
  private static final long TOO_OLD = 1_500_000_000_000L;
  private static final int TOO_LONG = 64 * 1_024 + 1;

  static final List<Malformed> ALL =
      List.of(
          new Malformed(EventType.VIDEOS, ByteString.copyFrom(new byte[] {0x08, (byte) 0xff})),
          new Malformed(EventType.VIDEOS, text("{\"videoId\": ")),
          new Malformed(EventType.VIDEOS, text("{\"videoId\":\"-5\",\"creatorId\":\"1\"}")),
          new Malformed(
              EventType.VIDEOS,
              text("{\"videoId\":\"7\",\"creatorId\":\"1\",\"type\":\"RENAMED\",\"at\":\"1\"}")),
          new Malformed(EventType.FOLLOWS, text("not an event")),
          new Malformed(
              EventType.FOLLOWS,
              text(
                  "{\"followerId\":\"1\",\"followeeId\":\"1\",\"type\":\"FOLLOW\",\"at\":\"%d\"}"
                      .formatted(TOO_OLD))),
          new Malformed(EventType.FOLLOWS, text("{\"followerId\":\"1\",\"type\":\"FOLLOW\"}")),
          new Malformed(EventType.SESSIONS, text("{}")),
          new Malformed(
              EventType.SESSIONS, text("{\"userId\":\"1\",\"at\":\"%d\"}".formatted(TOO_OLD))),
          new Malformed(EventType.SESSIONS, ByteString.copyFrom(new byte[TOO_LONG])));

  private static final byte[] KEY = {'1'};

  private final Set<Place> places = new HashSet<>();

  /** A record and the topic that it is sent to. */
  record Malformed(EventType<?> type, ByteString value) {}

  /** Where a record is. */
  record Place(String topic, int partition, long offset) {}

  /** Sends each of them and waits until Kafka has them. */
  public void send(KafkaEvents events) {
    for (Malformed record : ALL) {
      try {
        RecordMetadata sent =
            events.sendBytes(record.type(), KEY, record.value().toByteArray()).get();
        places.add(new Place(sent.topic(), sent.partition(), sent.offset()));
      } catch (ExecutionException e) {
        throw new IllegalStateException("a malformed record cannot be sent: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while sending malformed records", e);
      }
    }
  }

  /** Where all are that were sent. */
  Set<Place> places() {
    return Set.copyOf(places);
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
