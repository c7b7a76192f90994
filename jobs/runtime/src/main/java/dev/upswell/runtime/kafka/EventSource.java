package dev.upswell.runtime.kafka;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.JobOptions.StartFrom;
import dev.upswell.runtime.types.ProtobufSerializer;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Events of a topic, and the dead letters of its rejected records.
 *
 * @param events valid events, with watermarks per partition
 * @param deadLetters one per rejected record
 */
public record EventSource<T extends Message>(
    DataStream<T> events, DataStream<DeadLetter> deadLetters) {

  /**
   * Reads a topic.
   *
   * @param group consumer group for committed offsets
   */
  public static <T extends Message> EventSource<T> of(
      StreamExecutionEnvironment env, EventType<T> type, JobOptions options, String group) {
    return of(
        env,
        type,
        EventTime.of(
            options,
            incoming ->
                incoming instanceof DecodedRecord.Good<T> good
                    ? type.timeOf(good.event())
                    : EventTime.NONE),
        options,
        group);
  }

  /**
   * Reads a topic of control records. Their times have no effect on the watermark, so a quiet topic
   * does not hold it back.
   *
   * @param group consumer group for committed offsets
   */
  public static <T extends Message> EventSource<T> withoutTime(
      StreamExecutionEnvironment env, EventType<T> type, JobOptions options, String group) {
    return of(env, type, EventTime.none(), options, group);
  }

  /**
   * Reads a topic of metadata that other streams are joined with. It holds back the watermark until
   * the records of before the start of the job are read, and has no effect on it afterwards.
   *
   * @param group consumer group for committed offsets
   */
  public static <T extends Message> EventSource<T> metadata(
      StreamExecutionEnvironment env, EventType<T> type, JobOptions options, String group) {
    return of(env, type, EventTime.caughtUp(), options, group);
  }

  private static <T extends Message> EventSource<T> of(
      StreamExecutionEnvironment env,
      EventType<T> type,
      WatermarkStrategy<DecodedRecord<T>> watermarks,
      JobOptions options,
      String group) {
    KafkaSource<DecodedRecord<T>> source =
        EventSource.<DecodedRecord<T>>kafka(options, type.topic(options.topics()), group)
            .setDeserializer(new DecodedRecordDeserializer<>(type))
            .build();
    DataStream<DecodedRecord<T>> incoming =
        env.fromSource(source, watermarks, type.name()).uid(type.name());
    return split(incoming, type);
  }

  /**
   * Returns a builder of a source that starts from the committed offsets; only the deserializer is
   * missing.
   */
  public static <R> KafkaSourceBuilder<R> kafka(JobOptions options, String topic, String group) {
    return KafkaSource.<R>builder()
        .setProperties(properties(options))
        .setTopics(topic)
        .setGroupId(group)
        .setStartingOffsets(startingOffsets(options));
  }

  @SuppressWarnings("deprecation") // The connector takes nothing newer.
  private static OffsetsInitializer startingOffsets(JobOptions options) {
    return OffsetsInitializer.committedOffsets(
        options.startFrom() == StartFrom.EARLIEST
            ? org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST
            : org.apache.kafka.clients.consumer.OffsetResetStrategy.LATEST);
  }

  private static Properties properties(JobOptions options) {
    Properties properties = new Properties();
    // Records of aborted transactions never happened. An option may say otherwise.
    properties.setProperty("isolation.level", "read_committed");
    properties.putAll(options.kafka());
    properties.setProperty("commit.offsets.on.checkpoint", "true");
    // New partitions are found without a restart.
    properties.setProperty("partition.discovery.interval.ms", "60000");
    return properties;
  }

  /** Splits decoded records into events and dead letters. Separate from the source for tests. */
  static <T extends Message> EventSource<T> split(
      DataStream<DecodedRecord<T>> incoming, EventType<T> type) {
    String name = type.name() + "-split";
    SingleOutputStreamOperator<T> events =
        incoming
            .process(new Split<T>())
            .returns(ProtobufSerializer.typeOf(type.type()))
            .name(name)
            .uid(name);
    return new EventSource<>(events, events.getSideOutput(Split.DEAD_LETTERS));
  }

  /** Sends events on and letters aside. */
  private static final class Split<T extends Message> extends ProcessFunction<DecodedRecord<T>, T> {
    private static final long serialVersionUID = 1L;

    static final OutputTag<DeadLetter> DEAD_LETTERS =
        new OutputTag<>("dead-letters", ProtobufSerializer.typeOf(DeadLetter.class));

    private transient Counter deadLetters;

    @Override
    public void open(OpenContext context) {
      deadLetters = getRuntimeContext().getMetricGroup().counter("deadLetters");
    }

    @Override
    public void processElement(DecodedRecord<T> incoming, Context context, Collector<T> out) {
      if (incoming instanceof DecodedRecord.Good<T> good) {
        out.collect(good.event());
      } else if (incoming instanceof DecodedRecord.Bad<T> bad) {
        deadLetters.inc();
        context.output(DEAD_LETTERS, bad.letter());
      }
    }
  }
}
