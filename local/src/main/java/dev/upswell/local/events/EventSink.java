package dev.upswell.local.events;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;

/** Receiver of events. */
public interface EventSink {
  /** Sends an event, possibly asynchronously. */
  <T extends Message> void send(EventType<T> type, T event);
}
