package dev.upswell.rivals;

import dev.upswell.contract.EventType;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.kafka.EventSource;
import dev.upswell.views.decode.ViewDecoder;
import dev.upswell.views.decode.ViewFields;
import java.time.InstantSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads and decodes each view with Flink's source and drops it: the least that any job does. */
final class OnlyRead {
  private OnlyRead() {}

  static void run(StreamExecutionEnvironment env, JobOptions options) throws Exception {
    env.fromSource(
            EventSource.<Integer>kafka(options, EventType.VIEWS.topic(options.topics()), "read")
                .setDeserializer(new Decoder())
                .build(),
            WatermarkStrategy.<Integer>forBoundedOutOfOrderness(options.maxOutOfOrder()),
            "views")
        .uid("views")
        .sinkTo(new DiscardingSink<>())
        .name("nowhere")
        .uid("nowhere");
    env.execute("read");
  }

  private static final class Decoder implements KafkaRecordDeserializationSchema<Integer> {
    private static final long serialVersionUID = 1L;
    private static final Integer VIEW = 1;

    private transient ViewDecoder decoder = new ViewDecoder(InstantSource.system());
    private transient ViewFields view = new ViewFields();

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
      decoder = new ViewDecoder(InstantSource.system());
      view = new ViewFields();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Integer> out) {
      if (decoder.decode(record.value(), view).isEmpty()) {
        out.collect(VIEW);
      }
    }

    @Override
    public TypeInformation<Integer> getProducedType() {
      return Types.INT;
    }
  }
}
