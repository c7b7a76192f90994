package dev.upswell.contract;

/**
 * Ends the decoding of a record at the first violation. Without stack trace, because it is a
 * result.
 */
final class RejectedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  RejectedRecordException(String field, String given, String expected) {
    this(new Violation(field, given, expected));
  }

  RejectedRecordException(Violation violation) {
    super(violation.toString(), null, false, false);
    this.violation = violation;
  }

  Violation violation() {
    return violation;
  }
}
