package dev.upswell.api.events;

import dev.upswell.contract.events.Follow;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events of a request that follow the rules, in the order of the body. Used by one thread. */
final class AcceptedEvents {
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final List<Follow> follows = new ArrayList<>();
  private int clamped;

  /**
   * Adds an event.
   *
   * @param place its place in the body, such as {@code views[3]}
   */
  void add(String place, Object event, ProducerRecord<byte[], byte[]> record) {
    places.add(place);
    records.add(record);
    if (event instanceof Follow follow) {
      follows.add(follow);
    }
  }

  void countClamped() {
    clamped++;
  }

  /** Returns the records for Kafka. */
  List<ProducerRecord<byte[], byte[]>> records() {
    return records;
  }

  /** Returns the place in the body of a record. */
  String place(int index) {
    return places.get(index);
  }

  /** Returns the changes of relationships among them. */
  List<Follow> follows() {
    return follows;
  }

  /** Returns the number of events with a time ahead of the clock. */
  int clamped() {
    return clamped;
  }
}
