package dev.upswell.local.events;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import java.util.ArrayList;
import java.util.List;

/** Keeps events instead of sending them. */
public final class CollectedEvents implements EventSink {
  private final List<Sent<?>> all = new ArrayList<>();

  /** An event with its type. */
  public record Sent<T extends Message>(EventType<T> type, T event) {}

  @Override
  public <T extends Message> void send(EventType<T> type, T event) {
    all.add(new Sent<>(type, event));
  }

  public List<Sent<?>> all() {
    return all;
  }

  /** The events of one type, in order. */
  public <T extends Message> List<T> of(EventType<T> type) {
    return all.stream()
        .filter(sent -> sent.type() == type)
        .map(sent -> type.type().cast(sent.event()))
        .toList();
  }
}
