package dev.upswell.popularity.trending;

import java.util.List;

/** A quarter of the UTC day. */
public enum DayPart {
  /** 00:00 to 06:00. */
  NIGHT("night"),
  /** 06:00 to 12:00. */
  MORNING("morning"),
  /** 12:00 to 18:00. */
  AFTERNOON("afternoon"),
  /** 18:00 to 24:00. */
  EVENING("evening");

  /** In the order of the day. */
  public static final List<DayPart> ALL = List.of(values());

  private static final int HOURS = 6;
  private static final int SLOTS = HOURS * Slots.PER_HOUR;

  private final String text;

  DayPart(String text) {
    this.text = text;
  }

  /** Returns the name within a scope. */
  public String text() {
    return text;
  }

  /** The part that a slot lies in. */
  public static DayPart of(int slot) {
    return ALL.get(numberOf(slot));
  }

  /** Its place in {@link #ALL}. */
  static int numberOf(int slot) {
    return Math.floorMod(Math.floorDiv(slot, SLOTS), ALL.size());
  }
}
