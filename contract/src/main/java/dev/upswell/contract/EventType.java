package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Impression;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Upload;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An input event type: its topic, key, time and rules.
 *
 * <p>One constant per topic and no other instances, so they can be compared by identity, also after
 * serialization.
 *
 * @param <T> message type of the event
 */
public final class EventType<T extends Message> implements Serializable {
  /** Raw files in the object store, keyed by video. */
  public static final EventType<Upload> UPLOADS =
      new EventType<>(
          "uploads",
          Upload.getDefaultInstance(),
          Topics::uploads,
          Upload::getUploadedAt,
          (event, at) -> event.toBuilder().setUploadedAt(at).build(),
          Upload::getVideoId,
          EventRules::upload,
          EventRules::normalized);

  /** Published and removed videos, keyed by creator. */
  public static final EventType<Video> VIDEOS =
      new EventType<>(
          "videos",
          Video.getDefaultInstance(),
          Topics::videos,
          Video::getAt,
          (event, at) -> event.toBuilder().setAt(at).build(),
          Video::getCreatorId,
          EventRules::video,
          EventRules::normalized);

  /** Playbacks, keyed by viewer. */
  public static final EventType<View> VIEWS =
      new EventType<>(
          "views",
          View.getDefaultInstance(),
          Topics::views,
          View::getViewedAt,
          (event, at) -> event.toBuilder().setViewedAt(at).build(),
          View::getViewerId,
          EventRules::view,
          EventRules::normalized);

  /** Likes, shares, comments, reports, keyed by viewer. */
  public static final EventType<Engagement> ENGAGEMENTS =
      new EventType<>(
          "engagements",
          Engagement.getDefaultInstance(),
          Topics::engagements,
          Engagement::getAt,
          (event, at) -> event.toBuilder().setAt(at).build(),
          Engagement::getViewerId,
          EventRules::engagement,
          UnaryOperator.identity());

  /** Follow, unfollow, block, unblock, keyed by follower. */
  public static final EventType<Follow> FOLLOWS =
      new EventType<>(
          "follows",
          Follow.getDefaultInstance(),
          Topics::follows,
          Follow::getAt,
          (event, at) -> event.toBuilder().setAt(at).build(),
          Follow::getFollowerId,
          EventRules::follow,
          UnaryOperator.identity());

  /** Users opening the app, keyed by user. */
  public static final EventType<Session> SESSIONS =
      new EventType<>(
          "sessions",
          Session.getDefaultInstance(),
          Topics::sessions,
          Session::getAt,
          (event, at) -> event.toBuilder().setAt(at).build(),
          Session::getUserId,
          EventRules::session,
          EventRules::normalized);

  /** Served recommendations, keyed by user. */
  public static final EventType<Impression> IMPRESSIONS =
      new EventType<>(
          "impressions",
          Impression.getDefaultInstance(),
          Topics::impressions,
          Impression::getServedAt,
          (event, at) -> event.toBuilder().setServedAt(at).build(),
          Impression::getUserId,
          EventRules::impression,
          UnaryOperator.identity());

  /** Control requests to running jobs, all under one key. */
  public static final EventType<Control> CONTROL =
      new EventType<>(
          "control",
          Control.getDefaultInstance(),
          Topics::control,
          Control::getAt,
          (event, at) -> event.toBuilder().setAt(at).build(),
          control -> 0,
          EventRules::control,
          UnaryOperator.identity());

  private static final List<EventType<?>> ALL =
      List.of(UPLOADS, VIDEOS, VIEWS, ENGAGEMENTS, FOLLOWS, SESSIONS, IMPRESSIONS, CONTROL);

  // Transient: the name is serialized and resolved to the constant.
  private final transient String name;
  private final transient T defaultInstance;
  private final transient Function<Topics, String> topic;
  private final transient ToLongFunction<T> time;
  private final transient BiFunction<T, Long, T> withTime;
  private final transient ToLongFunction<T> key;
  private final transient BiConsumer<T, EventCheck> rules;
  private final transient UnaryOperator<T> normalForm;

  private EventType(
      String name,
      T defaultInstance,
      Function<Topics, String> topic,
      ToLongFunction<T> time,
      BiFunction<T, Long, T> withTime,
      ToLongFunction<T> key,
      BiConsumer<T, EventCheck> rules,
      UnaryOperator<T> normalForm) {
    this.name = name;
    this.defaultInstance = defaultInstance;
    this.topic = topic;
    this.time = time;
    this.withTime = withTime;
    this.key = key;
    this.rules = rules;
    this.normalForm = normalForm;
  }

  /** Every type, in the order of the contract. */
  public static List<EventType<?>> all() {
    return ALL;
  }

  /**
   * Returns the type of a name.
   *
   * @param name such as {@code videos}
   * @throws IllegalArgumentException if no type has this name
   */
  public static EventType<?> byName(String name) {
    for (EventType<?> type : ALL) {
      if (type.name.equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "event type: "
            + name
            + " (expected: "
            + ALL.stream().map(EventType::name).collect(Collectors.joining(", "))
            + ")");
  }

  /** The name of the topic without the prefix of a deployment, such as {@code videos}. */
  public String name() {
    return name;
  }

  /** The full name of the topic. */
  public String topic(Topics topics) {
    return topic.apply(topics);
  }

  /** Returns the event time, in milliseconds since 1970-01-01 UTC. */
  public long timeOf(T event) {
    return time.applyAsLong(event);
  }

  /** Returns an event with another event time, in milliseconds since 1970-01-01 UTC. */
  public T withTime(T event, long millis) {
    return withTime.apply(event, millis);
  }

  /** The id that the topic is partitioned by; 0 where all records have one key. */
  public long keyOf(T event) {
    return key.applyAsLong(event);
  }

  /**
   * Returns the key of the record: the id in decimal digits, so that records of console producers
   * and programs go to the same partition.
   */
  public byte[] keyBytes(T event) {
    return Long.toString(keyOf(event)).getBytes(UTF_8);
  }

  /** The class of the message. */
  @SuppressWarnings(
      "unchecked") // The class of a T is a Class<T>: messages are final and not generic.
  public Class<T> type() {
    return (Class<T>) defaultInstance.getClass();
  }

  /** The message without any field. */
  public T defaultInstance() {
    return defaultInstance;
  }

  /** Reads messages of Protobuf without checking the rules of the contract. */
  @SuppressWarnings("unchecked") // The parser of a T gives Ts.
  public Parser<T> parser() {
    return (Parser<T>) defaultInstance.getParserForType();
  }

  /** Checks an event against the rules of its type. */
  void check(T event, EventCheck check) {
    rules.accept(event, check);
  }

  /** Returns a valid event with its words in {@linkplain Vocabulary normal form}. */
  T normalized(T event) {
    return normalForm.apply(event);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  @Serial
  private Object writeReplace() {
    return new Named(name);
  }

  private record Named(String name) implements Serializable {
    @Serial
    private Object readResolve() {
      return byName(name);
    }
  }
}
