package dev.upswell.local.events;

/** Where events come from while the system runs, at its own pace on its own thread. */
public interface Load extends AutoCloseable {
  /** Sends what was before, such as who follows whom, and lets the events begin. */
  void begin();

  /**
   * How much of all events has been sent, 0 to 1; an endless load stays at 0.
   *
   * @throws IllegalStateException when the load broke off
   */
  double done();

  /** Videos published so far. */
  long videos();

  /**
   * A user who might open their feed now, drawn anew at each call; 0 when there is none. Any thread
   * may ask.
   */
  long reader();

  /** Ends the load; no event is sent after that. */
  @Override
  void close();
}
