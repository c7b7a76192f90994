package dev.upswell.simulation;

/** A feed was not what it has to be. */
public final class SimulationFailure extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  SimulationFailure(String message) {
    super(message);
  }
}
