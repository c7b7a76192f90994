package dev.upswell.views.source;

import dev.upswell.contract.events.DeadLetter;
import dev.upswell.views.decode.ViewFields;
import java.util.Optional;

/**
 * A record of the topic of views as it was read: a view, or a letter that says why it is none.
 *
 * <p>One object for all records of a reader, filled again and again: valid until the operator that
 * it was given to returns. At a million records a second an object for each would be most of the
 * work; so whoever wants to keep something copies it.
 */
public final class ViewRecord {
  private static final byte[] NOTHING = {};

  private final ViewFields view = new ViewFields();
  private byte[] raw = NOTHING;
  private Optional<DeadLetter> letter = Optional.empty();
  private boolean afterClosing;

  ViewRecord() {}

  /** The view, if there is no {@link #letter}. */
  public ViewFields view() {
    return view;
  }

  /** The bytes it was read from. */
  public byte[] raw() {
    return raw;
  }

  /** Why it is no view; empty for a view. */
  public Optional<DeadLetter> letter() {
    return letter;
  }

  /** Whether the view came after its UTC hour was final. */
  public boolean afterClosing() {
    return afterClosing;
  }

  void isView(byte[] bytes) {
    raw = bytes;
    letter = Optional.empty();
    afterClosing = false;
  }

  void isLetter(byte[] bytes, DeadLetter why) {
    raw = bytes;
    letter = Optional.of(why);
    afterClosing = false;
  }

  void cameAfterClosing() {
    afterClosing = true;
  }
}
