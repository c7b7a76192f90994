package dev.upswell.views.source;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.kafka.EventSource;
import dev.upswell.runtime.kafka.EventTime;
import dev.upswell.runtime.types.SerializedType;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Views of the topic, without duplicates.
 *
 * @param views views whose UTC hour is open, or that are in the rolling hour. One reused object:
 *     receivers must be chained to the source and copy what they store
 * @param late views whose UTC hour was final
 * @param deadLetters one per rejected record
 */
public record ViewSource(
    DataStream<ViewRecord> views, DataStream<LateEvent> late, DataStream<DeadLetter> deadLetters) {

  /**
   * Reads the topic.
   *
   * @param group consumer group for committed offsets
   */
  public static ViewSource of(
      StreamExecutionEnvironment env, JobOptions options, ViewOptions views, String group) {
    String topic = EventType.VIEWS.topic(options.topics());
    ViewDeserializer deserializer = new ViewDeserializer(views.dedupWindow(), views.maxDedupIds());
    KafkaSource<ViewRecord> kafka =
        EventSource.<ViewRecord>kafka(options, topic, group).setDeserializer(deserializer).build();
    WatermarkStrategy<ViewRecord> watermarks =
        EventTime.of(
            options,
            record -> record.deadLetter().isPresent() ? EventTime.NONE : record.view().viewedAt());
    String name = EventType.VIEWS.name();
    SingleOutputStreamOperator<ViewRecord> inTime =
        env.fromSource(new DeduplicatingViewSource(kafka, deserializer), watermarks, name)
            .uid(name)
            .transform(
                "late-view",
                new SerializedType<>(ViewRecord.class, new ViewRecordSerializer()),
                new LateViewOperator(topic, views.allowedLateness()))
            .uid("late-view");
    return new ViewSource(
        inTime,
        inTime.getSideOutput(LateViewOperator.LATE),
        inTime.getSideOutput(LateViewOperator.DEAD_LETTERS));
  }
}
