package dev.upswell.contract;

import java.util.function.Function;

/**
 * What became of the bytes of a record: the event, or why they are none.
 *
 * @param <T> the event
 */
public sealed interface Decoded<T> {
  /**
   * The event.
   *
   * @param refusal makes what is thrown instead when there is none
   */
  default <X extends Throwable> T orElseThrow(Function<Violation, X> refusal) throws X {
    if (this instanceof Good<T> good) {
      return good.value();
    }
    throw refusal.apply(((Bad<T>) this).why());
  }

  /**
   * An event that keeps every rule of the contract.
   *
   * @param value the event
   */
  record Good<T>(T value) implements Decoded<T> {}

  /**
   * A record that is not used.
   *
   * @param why the first rule that it breaks
   */
  record Bad<T>(Violation why) implements Decoded<T> {
    /** Why, as a line: {@code followeeId: 0 (expected: a positive 63-bit integer)}. */
    public String reason() {
      return why.toString();
    }
  }
}
