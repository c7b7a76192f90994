package dev.upswell.runtime.kafka;

import com.google.protobuf.Message;
import dev.upswell.contract.events.DeadLetter;

/**
 * A decoded record: an event, or the dead letter of a rejected record.
 *
 * @param <T> type of the event
 */
public sealed interface DecodedRecord<T extends Message> {
  /** An event that keeps the rules of the contract. */
  record Good<T extends Message>(T event) implements DecodedRecord<T> {}

  /** A record that does not, with its coordinates, the reason and its bytes. */
  record Bad<T extends Message>(DeadLetter letter) implements DecodedRecord<T> {}
}
