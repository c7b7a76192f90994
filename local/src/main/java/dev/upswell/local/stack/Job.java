package dev.upswell.local.stack;

import dev.upswell.contract.EventType;
import java.util.List;

/** The jobs of the system. */
public enum Job {
  /** Builds feeds from videos and follows. */
  FANOUT(
      "fanout",
      "fan-out job",
      EventType.VIDEOS,
      EventType.FOLLOWS,
      EventType.SESSIONS,
      EventType.CONTROL),

  /** Computes hourly counts and tiers from views. */
  VIRAL_DETECTOR("viral-detector", "viral detector", EventType.VIEWS),

  /** Ranks rising videos by views and engagements. */
  TRENDING("trending", "trending job", EventType.VIEWS, EventType.ENGAGEMENTS, EventType.VIDEOS);

  private final String id;
  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // List.of() and event types are immutable.
  private final List<EventType<?>> inputs;

  Job(String id, String text, EventType<?>... inputs) {
    this.id = id;
    this.text = text;
    this.inputs = List.of(inputs);
  }

  /** Returns the name of its consumer group, its jar and the folder of its module. */
  String id() {
    return id;
  }

  /** Returns the display name. */
  String text() {
    return text;
  }

  /** Returns the topics that the job reads. */
  List<String> inputTopics() {
    return inputs.stream().map(type -> type.topic(Stack.TOPICS)).toList();
  }

  /** Returns the path of its jar, relative to the repository. */
  String jar() {
    return "jobs/" + id + "/target/" + id + ".jar";
  }
}
