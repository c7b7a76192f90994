package dev.upswell.api.protection;

/** Priority of queued reads; earlier constants first. */
public enum Priority {
  /** A user waits for the first page. */
  FIRST_PAGE,
  /** A further page, or a prefetch. */
  LATER_PAGE,
  /** Lists and numbers that are the same for all users, and can wait. */
  STATISTICS
}
