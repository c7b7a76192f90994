package dev.upswell.processes;

/** The states of a Flink job, named as Flink names them. */
public enum JobStatus {
  INITIALIZING,
  CREATED,
  RUNNING,
  FAILING,
  FAILED,
  CANCELLING,
  CANCELED,
  FINISHED,
  RESTARTING,
  SUSPENDED,
  RECONCILING;

  /** Whether the job never runs again by itself. */
  public boolean isTerminal() {
    return switch (this) {
      case FAILED, CANCELED, FINISHED, SUSPENDED -> true;
      case INITIALIZING, CREATED, RUNNING, FAILING, CANCELLING, RESTARTING, RECONCILING -> false;
    };
  }
}
