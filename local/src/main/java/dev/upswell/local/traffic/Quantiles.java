package dev.upswell.local.traffic;

/**
 * Distribution of positive values, with the measured heavy tail. It is given by points of the
 * cumulative distribution and log-linear between them. Immutable.
 */
final class Quantiles {
  private final double[] shares;
  private final double[] logs;

  /**
   * Creates a distribution from pairs of share and value, both ascending, from share 0 to share 1.
   *
   * @param sharesAndValues such as {@code 0, 1, 0.9, 12, 1, 15_380}: nine tenths are at most 12
   */
  Quantiles(double... sharesAndValues) {
    int points = sharesAndValues.length / 2;
    shares = new double[points];
    logs = new double[points];
    for (int i = 0; i < points; i++) {
      shares[i] = sharesAndValues[2 * i];
      logs[i] = Math.log(sharesAndValues[2 * i + 1]);
    }
  }

  /**
   * The value that a share of all values does not exceed.
   *
   * @param share 0 to 1; drawn evenly it makes the value a draw from the distribution
   */
  double at(double share) {
    int above = 1;
    while (shares[above] < share) {
      above++;
    }
    double part = (share - shares[above - 1]) / (shares[above] - shares[above - 1]);
    return Math.exp(logs[above - 1] + part * (logs[above] - logs[above - 1]));
  }
}
