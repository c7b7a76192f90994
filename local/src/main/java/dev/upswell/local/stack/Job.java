package dev.upswell.local.stack;

/** The jobs of the system. */
public enum Job {
  /** From videos and follows to feeds. */
  FANOUT("fanout", "fan-out job"),

  /** From views to hourly counts and tiers. */
  VIRAL_DETECTOR("viral-detector", "viral detector"),

  /** From views and engagements to lists of what is rising. */
  TRENDING("trending", "trending job");

  private final String id;
  private final String text;

  Job(String id, String text) {
    this.id = id;
    this.text = text;
  }

  /** Its name, which is also that of its consumer group, its jar and the folder of its module. */
  String id() {
    return id;
  }

  /** Returns the display name. */
  String text() {
    return text;
  }

  /** Its jar, relative to the repository. */
  String jar() {
    return "jobs/" + id + "/target/" + id + ".jar";
  }
}
