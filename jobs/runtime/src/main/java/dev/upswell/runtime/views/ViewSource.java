package dev.upswell.runtime.views;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.kafka.EventSource;
import dev.upswell.runtime.types.ProtobufSerializer;
import dev.upswell.runtime.types.SerializedType;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The topic of views, each counted once.
 *
 * @param views whose UTC hour is not final, or that are in the rolling hour all the same. One
 *     object for all of them: what takes them must be chained to the source, and copy what it keeps
 * @param late views that came after their hour was final
 * @param deadLetters one for each record that is no view
 */
public record ViewSource(
    DataStream<ViewRecord> views, DataStream<LateEvent> late, DataStream<DeadLetter> deadLetters) {

  /**
   * Reads the topic.
   *
   * @param group consumer group, under which offsets are committed for others to see
   */
  public static ViewSource of(
      StreamExecutionEnvironment env, JobOptions options, ViewOptions views, String group) {
    String topic = EventType.VIEWS.topic(options.topics());
    ViewDeserializer deserializer = new ViewDeserializer(views.repeatWindow(), views.recentIds());
    KafkaSource<ViewRecord> kafka =
        EventSource.<ViewRecord>kafka(options, topic, group).setDeserializer(deserializer).build();
    WatermarkStrategy<ViewRecord> watermarks =
        WatermarkStrategy.<ViewRecord>forBoundedOutOfOrderness(options.maxOutOfOrder())
            .withTimestampAssigner(
                (record, kafkaTime) ->
                    // A record that cannot be read has no time, and must not move it.
                    record.letter().isPresent() ? Long.MIN_VALUE : record.view().viewedAt())
            .withIdleness(options.idleAfter());
    String name = EventType.VIEWS.name();
    SingleOutputStreamOperator<ViewRecord> inTime =
        env.fromSource(new CountedOnceSource(kafka, deserializer), watermarks, name)
            .uid(name)
            .process(new Gate(topic, views.allowedLateness()))
            .returns(new SerializedType<>(ViewRecord.class, new ViewRecordSerializer()))
            .name(name + "-gate")
            .uid(name + "-gate");
    return new ViewSource(
        inTime, inTime.getSideOutput(Gate.LATE), inTime.getSideOutput(Gate.DEAD_LETTERS));
  }

  /**
   * Lets views pass that still count.
   *
   * <p>It stands before the shuffle and before time is told to anyone else: an hour that is open
   * here is open for whoever counts it, so what passes is never late there.
   */
  private static final class Gate extends ProcessFunction<ViewRecord, ViewRecord> {
    private static final long serialVersionUID = 1L;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    static final OutputTag<LateEvent> LATE =
        new OutputTag<>("late-events", ProtobufSerializer.typeOf(LateEvent.class));
    static final OutputTag<DeadLetter> DEAD_LETTERS =
        new OutputTag<>("dead-letters", ProtobufSerializer.typeOf(DeadLetter.class));

    private final String topic;
    private final long latenessMillis;
    private transient Counter deadLetters;
    private transient Counter late;

    Gate(String topic, Duration lateness) {
      this.topic = topic;
      this.latenessMillis = lateness.toMillis();
    }

    @Override
    public void open(OpenContext context) {
      deadLetters = getRuntimeContext().getMetricGroup().counter("deadLetters");
      late = getRuntimeContext().getMetricGroup().counter("lateEvents");
    }

    @Override
    public void processElement(ViewRecord record, Context context, Collector<ViewRecord> out) {
      if (record.letter().isPresent()) {
        deadLetters.inc();
        context.output(DEAD_LETTERS, record.letter().get());
        return;
      }
      long watermark = context.timerService().currentWatermark();
      long viewedAt = record.view().viewedAt();
      if (viewedAt + latenessMillis <= watermark) {
        long closed = viewedAt - viewedAt % HOUR + HOUR + latenessMillis - 1;
        if (closed <= watermark) {
          late.inc();
          context.output(LATE, lateEvent(record, watermark - closed, watermark));
          record.cameAfterClosing();
          if (viewedAt / MINUTE <= (watermark + 1) / MINUTE - 1 - HOUR / MINUTE) {
            return;
          }
        }
      }
      out.collect(record);
    }

    private LateEvent lateEvent(ViewRecord record, long lateBy, long watermark) {
      return LateEvent.newBuilder()
          .setTopic(topic)
          .setRaw(ByteString.copyFrom(record.raw()))
          .setLateByMs(lateBy)
          .setAt(Timestamps.fromMillis(watermark))
          .build();
    }
  }
}
