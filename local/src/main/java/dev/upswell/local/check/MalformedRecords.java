package dev.upswell.local.check;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.local.events.EventSink;
import dev.upswell.local.events.KafkaEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Passes events on, and sends a malformed record after every hundredth event. One thread sends.
 * Results are read after it is done.
 */
public final class MalformedRecords implements EventSink {
  private static final int EVERY = 100;
  private static final long ALLOWED = 1_750_000_000_000L;
  private static final long TOO_OLD = 1_500_000_000_000L;
  private static final long TOO_EARLY = 4_000_000_000_000L;
  private static final int TOO_LONG = 64 * 1_024 + 1;

  /** Whole but for its type, which is 99. */
  private static final byte[] UNKNOWN_ENUM =
      Video.newBuilder()
          .setVideoId(7)
          .setCreatorId(1)
          .setTypeValue(99)
          .setAt(1_750_000_000_000L)
          .build()
          .toByteArray();

  static final List<Malformed> ALL =
      List.of(
          new Malformed(EventType.VIDEOS, ByteString.copyFrom(new byte[] {0x08, (byte) 0xff})),
          new Malformed(EventType.VIDEOS, text("{\"videoId\": ")),
          new Malformed(EventType.VIDEOS, text("{\"videoId\":\"-5\",\"creatorId\":\"1\"}")),
          new Malformed(
              EventType.VIDEOS,
              text("{\"videoId\":\"7\",\"creatorId\":\"1\",\"type\":\"RENAMED\",\"at\":\"1\"}")),
          new Malformed(EventType.VIDEOS, ByteString.copyFrom(UNKNOWN_ENUM)),
          new Malformed(
              EventType.VIDEOS,
              text(
                  "{\"videoId\":\"7\",\"creatorId\":\"1\",\"type\":\"PUBLISHED\",\"at\":\"%d\"}"
                      .formatted(ALLOWED))),
          new Malformed(
              EventType.VIDEOS,
              text(
                  "{\"videoId\":\"%d\",\"creatorId\":\"1\",\"type\":\"PUBLISHED\",\"at\":\"%d\"}"
                      .formatted(Long.MAX_VALUE, ALLOWED))),
          new Malformed(
              EventType.VIDEOS,
              text(
                  "{\"videoId\":\"%d\",\"creatorId\":\"1\",\"type\":\"PUBLISHED\",\"at\":\"%d\",\"hashtags\":[\"#a\"]}"
                      .formatted(VideoIds.at(ALLOWED, 1), ALLOWED))),
          new Malformed(EventType.FOLLOWS, text("not an event")),
          new Malformed(
              EventType.FOLLOWS,
              text(
                  "{\"followerId\":\"1\",\"followeeId\":\"2\",\"followeeId\":\"3\",\"type\":\"FOLLOW\",\"at\":\"%d\"}"
                      .formatted(ALLOWED))),
          new Malformed(
              EventType.VIEWS,
              text(
                  "{\"viewerId\":\"1\",\"videoId\":\"7\",\"creatorId\":\"1\",\"viewedAt\":\"%d\",\"region\":\"Brazil\"}"
                      .formatted(ALLOWED))),
          new Malformed(
              EventType.FOLLOWS,
              text(
                  "{\"followerId\":\"1\",\"followeeId\":\"1\",\"type\":\"FOLLOW\",\"at\":\"%d\"}"
                      .formatted(TOO_OLD))),
          new Malformed(EventType.FOLLOWS, text("{\"followerId\":\"1\",\"type\":\"FOLLOW\"}")),
          new Malformed(
              EventType.FOLLOWS,
              text(
                  "{\"followerId\":\"1\",\"followeeId\":\"2\",\"type\":\"FOLLOW\",\"at\":\"%d\"}"
                      .formatted(TOO_EARLY))),
          new Malformed(EventType.VIEWS, ByteString.copyFrom(new byte[] {0x08, (byte) 0xff})),
          new Malformed(EventType.VIEWS, text("{\"viewerId\":\"1\",\"videoId\":\"7\"}")),
          new Malformed(
              EventType.VIEWS,
              text(
                  "{\"viewerId\":\"1\",\"videoId\":\"7\",\"creatorId\":\"1\",\"viewedAt\":\"%d\"}"
                      .formatted(TOO_EARLY))),
          new Malformed(EventType.SESSIONS, text("{}")),
          new Malformed(
              EventType.SESSIONS, text("{\"userId\":\"1\",\"at\":\"%d\"}".formatted(TOO_OLD))),
          new Malformed(EventType.SESSIONS, ByteString.copyFrom(new byte[TOO_LONG])));

  private static final byte[] KEY = {'1'};

  private final KafkaEvents events;
  private final EventSink next;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private long passed;

  /** Malformed record and its topic. */
  record Malformed(EventType<?> type, ByteString value) {}

  /** Coordinates of a record. */
  record Place(String topic, int partition, long offset) {}

  /**
   * Passes events on to the next.
   *
   * @param events receives the malformed records
   */
  public MalformedRecords(KafkaEvents events, EventSink next) {
    this.events = events;
    this.next = next;
  }

  @Override
  public <T extends Message> void send(EventType<T> type, T event) {
    next.send(type, event);
    if (++passed % EVERY == 0) {
      Malformed record = ALL.get(sent.size() % ALL.size());
      sent.add(events.sendBytes(record.type(), KEY, record.value().toByteArray()));
    }
  }

  /**
   * Returns the coordinates of all sent records, after Kafka has acknowledged them.
   *
   * @throws IllegalStateException if Kafka rejected one
   */
  Set<Place> places() {
    Set<Place> places = new HashSet<>();
    for (Future<RecordMetadata> record : sent) {
      try {
        RecordMetadata place = record.get();
        places.add(new Place(place.topic(), place.partition(), place.offset()));
      } catch (ExecutionException e) {
        throw new IllegalStateException("a malformed record cannot be sent: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while sending malformed records", e);
      }
    }
    return places;
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
