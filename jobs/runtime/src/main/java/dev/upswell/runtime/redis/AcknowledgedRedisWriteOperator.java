package dev.upswell.runtime.redis;

import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes elements to Redis and emits each after Redis has acknowledged it, in order.
 *
 * <p>Flink's async I/O keeps elements in flight as state and redistributes them on a rescale, so
 * two writes of one user could be reordered. This operator waits for all acknowledgements before
 * each checkpoint barrier and has no state.
 *
 * @param <T> element
 */
public final class AcknowledgedRedisWriteOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T> {
  private static final long serialVersionUID = 1L;

  private final RedisOptions redis;
  private final RedisWriteSettings settings;
  private final RedisCommandEncoder<T> writes;
  private final MailboxExecutor mailbox;

  private transient RedisConnection connection;
  private transient OrderedRedisWriter<T> ordered;
  private transient Deque<PendingWatermark> pending;
  private transient long received;
  private transient long acknowledged;

  private AcknowledgedRedisWriteOperator(
      Factory<T> factory, StreamOperatorParameters<T> parameters) {
    super(parameters);
    this.redis = factory.redis;
    this.settings = factory.settings;
    this.writes = factory.writes;
    this.mailbox = parameters.getMailboxExecutor();
  }

  /**
   * Adds the operator to a stream.
   *
   * @param name name and uid of the operator
   */
  public static <T> SingleOutputStreamOperator<T> apply(
      DataStream<T> stream,
      String name,
      RedisOptions redis,
      RedisWriteSettings settings,
      RedisCommandEncoder<T> writes) {
    TypeInformation<T> type = stream.getType();
    return stream.transform(name, type, new Factory<>(redis, settings, writes)).uid(name);
  }

  @Override
  public void open() throws Exception {
    super.open();
    pending = new ArrayDeque<>();
    connection = RedisConnection.open(redis);
    ordered =
        new OrderedRedisWriter<>(
            connection, writes, settings, mailbox, getProcessingTimeService(), this::passOn);
    RedisMetrics.register(getMetricGroup(), ordered);
  }

  @Override
  public void processElement(StreamRecord<T> element) throws InterruptedException {
    received++;
    ordered.add(element.getValue());
  }

  private void passOn(T element) {
    output.collect(new StreamRecord<>(element));
    acknowledged++;
    while (!pending.isEmpty() && pending.element().after() <= acknowledged) {
      output.emitWatermark(pending.remove().watermark());
    }
  }

  @Override
  public void processWatermark(Watermark watermark) {
    if (acknowledged == received) {
      output.emitWatermark(watermark);
    } else {
      pending.add(new PendingWatermark(received, watermark));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    ordered.drain();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    ordered.drain();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    // Flink also closes operators after a failed open.
    if (Objects.nonNull(connection)) {
      connection.close();
    }
    super.close();
  }

  /** A watermark that must not overtake the elements before it. */
  private record PendingWatermark(long after, Watermark watermark) {}

  private static final class Factory<T> extends AbstractStreamOperatorFactory<T>
      implements OneInputStreamOperatorFactory<T, T> {
    private static final long serialVersionUID = 1L;

    private final RedisOptions redis;
    private final RedisWriteSettings settings;
    private final RedisCommandEncoder<T> writes;

    Factory(RedisOptions redis, RedisWriteSettings settings, RedisCommandEncoder<T> writes) {
      this.redis = redis;
      this.settings = settings;
      this.writes = writes;
    }

    @Override
    // Flink declares the cast; the caller uses getStreamOperatorClass.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <O extends StreamOperator<T>> O createStreamOperator(
        StreamOperatorParameters<T> parameters) {
      return (O) new AcknowledgedRedisWriteOperator<>(this, parameters);
    }

    @Override
    @SuppressWarnings("rawtypes") // As Flink declares it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return AcknowledgedRedisWriteOperator.class;
    }
  }
}
