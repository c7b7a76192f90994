package dev.upswell.runtime.kafka;

import com.google.protobuf.Message;
import dev.upswell.contract.Decoded;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.runtime.types.SerializedType;
import java.time.InstantSource;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a record to an event or a dead letter. Never throws and never drops a record, because an
 * exception would restart the job indefinitely.
 */
final class DecodedRecordDeserializer<T extends Message>
    implements KafkaRecordDeserializationSchema<DecodedRecord<T>> {
  private static final long serialVersionUID = 1L;

  private final EventType<T> type;
  private transient EventCodec<T> codec;
  private transient InstantSource clock;

  DecodedRecordDeserializer(EventType<T> type) {
    this.type = type;
    open(InstantSource.system());
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    open(InstantSource.system());
  }

  private void open(InstantSource source) {
    clock = source;
    codec = new EventCodec<>(type, source);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<DecodedRecord<T>> out) {
    byte @Nullable [] bytes = record.value();
    Decoded<T> decoded = codec.decode(bytes);
    if (decoded instanceof Decoded.Good<T> good) {
      out.collect(new DecodedRecord.Good<>(good.value()));
    } else if (decoded instanceof Decoded.Bad<T> bad) {
      out.collect(new DecodedRecord.Bad<>(DeadLetters.of(record, bad.reason(), clock.millis())));
    }
  }

  @Override
  public TypeInformation<DecodedRecord<T>> getProducedType() {
    return new SerializedType<>(incomingClass(), new DecodedRecordSerializer<>(type.type()));
  }

  @SuppressWarnings("unchecked") // There is no class object of a parameterized type.
  private static <T extends Message> Class<DecodedRecord<T>> incomingClass() {
    return (Class<DecodedRecord<T>>) (Class<?>) DecodedRecord.class;
  }
}
