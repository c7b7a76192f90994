package dev.upswell.local.events;

/** Source of events at its own rate, on its own thread. */
public interface Load extends AutoCloseable {
  /** Sends the state that exists before the traffic, such as the follow graph. */
  void sendInitialState();

  /** Starts the events. Called once, after {@link #sendInitialState}. */
  void start();

  /**
   * Returns the share of sent events, 0 to 1; 0 for an endless load.
   *
   * @throws IllegalStateException after a failure
   */
  double done();

  /** Returns the number of published videos. */
  long videos();

  /** Returns a random user for the next read of a feed; 0 for none. Thread-safe. */
  long reader();

  /** Ends the load; no event is sent after that. */
  @Override
  void close();
}
