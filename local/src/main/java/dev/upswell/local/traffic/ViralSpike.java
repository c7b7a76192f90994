package dev.upswell.local.traffic;

/**
 * A viral video: its share of all views grows tenfold within the first third of the interval, stays
 * there for a sixth, and falls again.
 */
public final class ViralSpike {
  private static final double PEAK = 0.5;
  private static final double TOP_FROM = 1.0 / 3;
  private static final double TOP_TO = 1.0 / 2;

  private ViralSpike() {}

  /**
   * Its share of all views, 0 to 1.
   *
   * @param phase of the time from one spike to the next, 0 to 1
   */
  public static double share(double phase) {
    double fromTop = Math.max(0, Math.max(TOP_FROM - phase, phase - TOP_TO));
    return PEAK * Math.pow(10, -fromTop / TOP_FROM);
  }
}
