package dev.upswell.api.protection;

/** Who comes first when there is too much; earlier constants before later ones. */
public enum Priority {
  /** Somebody looks at an empty screen. */
  FIRST_PAGE,
  /** What will be looked at after something else, or perhaps never. */
  LATER_PAGE,
  /** Lists and numbers that are the same for everybody, and can wait. */
  STATISTICS
}
