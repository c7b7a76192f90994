package dev.upswell.views.source;

import dev.upswell.contract.events.DeadLetter;
import dev.upswell.views.decode.ViewDecoder;
import dev.upswell.views.decode.ViewFields;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A decoded record of the topic of views: a view, or the dead letter of a rejected record.
 *
 * <p>One object is reused for all records of a reader. It is valid until the receiving operator
 * returns. At a million records per second, an object each would be most of the work. An operator
 * that stores data copies it.
 */
public final class ViewRecord {
  private static final byte[] NOTHING = {};

  /** A far future that still fits milliseconds. */
  private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE / 2);

  private final ViewFields view = new ViewFields();
  private byte[] raw = NOTHING;
  private Optional<DeadLetter> letter = Optional.empty();
  private boolean late;

  ViewRecord() {}

  /**
   * Decodes a view that a source has accepted. Its time is not compared with the clock again.
   *
   * @param raw the view in either encoding
   * @param late whether its UTC hour is final
   * @throws IllegalArgumentException if the bytes are not a valid view
   */
  public static ViewRecord ofView(byte[] raw, boolean late) {
    ViewRecord record = new ViewRecord();
    new ViewDecoder(InstantSource.fixed(END_OF_TIME))
        .decode(raw, record.view)
        .ifPresent(
            wrong -> {
              throw new IllegalArgumentException(wrong.toString());
            });
    record.isView(raw);
    record.late = late;
    return record;
  }

  /** The view, if there is no {@link #deadLetter}. */
  public ViewFields view() {
    return view;
  }

  /** The bytes it was read from. */
  public byte[] raw() {
    return raw;
  }

  /** Returns the dead letter; empty for a view. */
  public Optional<DeadLetter> deadLetter() {
    return letter;
  }

  /** Returns whether the view is late: its UTC hour is final. */
  public boolean late() {
    return late;
  }

  void isView(byte[] bytes) {
    raw = bytes;
    letter = Optional.empty();
    late = false;
  }

  void isLetter(byte[] bytes, DeadLetter why) {
    raw = bytes;
    letter = Optional.of(why);
    late = false;
  }

  void cameAfterClosing() {
    late = true;
  }
}
