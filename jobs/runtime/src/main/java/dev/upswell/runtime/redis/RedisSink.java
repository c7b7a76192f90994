package dev.upswell.runtime.redis;

import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes elements to Redis at least once, in their order; each checkpoint waits until all before it
 * are written.
 *
 * @param <T> the element
 */
public final class RedisSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final RedisOptions redis;
  private final RedisWriteSettings settings;
  private final RedisCommandEncoder<T> writes;

  /** A sink that opens one connection for each subtask. */
  public RedisSink(RedisOptions redis, RedisWriteSettings settings, RedisCommandEncoder<T> writes) {
    this.redis = redis;
    this.settings = settings;
    this.writes = writes;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    RedisConnection connection = RedisConnection.open(redis);
    var sent = context.metricGroup().getNumRecordsSendCounter();
    OrderedRedisWriter<T> ordered =
        new OrderedRedisWriter<>(
            connection,
            writes,
            settings,
            context.getMailboxExecutor(),
            context.getProcessingTimeService(),
            element -> sent.inc());
    RedisMetrics.register(context.metricGroup(), ordered);
    return new Writer<>(connection, ordered);
  }

  private record Writer<T>(RedisConnection connection, OrderedRedisWriter<T> ordered)
      implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) throws InterruptedException {
      ordered.add(element);
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
      ordered.drain();
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
