package dev.upswell.local.events;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;

/** Receiver of events. */
public interface EventSink {
  /** Takes an event; it may be on its way yet when this returns. */
  <T extends Message> void send(EventType<T> type, T event);
}
