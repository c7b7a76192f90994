package dev.upswell.simulation;

/** A feed differs from the model. */
public final class SimulationFailure extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  SimulationFailure(String message) {
    super(message);
  }
}
