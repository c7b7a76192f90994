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

  /** Returns whether the job has ended for good. */
  public boolean isTerminal() {
    return switch (this) {
      case FAILED, CANCELED, FINISHED, SUSPENDED -> true;
      case INITIALIZING, CREATED, RUNNING, FAILING, CANCELLING, RESTARTING, RECONCILING -> false;
    };
  }
}
