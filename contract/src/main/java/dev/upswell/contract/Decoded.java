package dev.upswell.contract;

import java.util.function.Function;

/**
 * Result of decoding a record: the event or a violation.
 *
 * @param <T> type of the event
 */
public sealed interface Decoded<T> {
  /**
   * Returns the event.
   *
   * @param refusal creates the exception for a violation
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
   * A rejected record.
   *
   * @param why the first violated rule
   */
  record Bad<T>(Violation why) implements Decoded<T> {
    /** Why, as a line: {@code followeeId: 0 (expected: a positive 63-bit integer)}. */
    public String reason() {
      return why.toString();
    }
  }
}
