package dev.upswell.benchmarks.forecast;

/** Features of a rival's fit. */
enum Features {
  /** The law of Szabo and Huberman. */
  COUNT("log-linear on the count", false, false),
  /** And the shares of the last half and quarter, as ours. */
  SHAPE("our features, no prior", true, false),
  /** The law and the audience. */
  COUNT_AND_FOLLOWERS("count and followers", false, true),
  /** All. */
  SHAPE_AND_FOLLOWERS("our features and followers", true, true);

  private final String text;
  private final boolean shape;
  private final boolean followers;

  Features(String text, boolean shape, boolean followers) {
    this.text = text;
    this.shape = shape;
    this.followers = followers;
  }

  /** Returns the features of a cascade at an age, the constant first. */
  double[] of(Cascade cascade, int age) {
    double all = cascade.counts()[age];
    double[] values = new double[2 + (shape ? 2 : 0) + (followers ? 1 : 0)];
    int at = 0;
    values[at++] = 1;
    values[at++] = Math.log(all);
    if (shape) {
      values[at++] = 1 - cascade.counts()[(2 * age + 3) / 4] / all;
      values[at++] = 1 - cascade.counts()[(3 * age + 3) / 4] / all;
    }
    if (followers) {
      values[at] = Math.log1p(cascade.followers());
    }
    return values;
  }

  @Override
  public String toString() {
    return text;
  }
}
