package dev.upswell.benchmarks.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.Decoded;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.View;
import dev.upswell.views.decode.ViewDecoder;
import dev.upswell.views.decode.ViewFields;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Decoders of views. Each returns the sum of all numbers of all records, so that the compiler
 * cannot remove the work and a test can compare them.
 *
 * <p>Ours also checks every field by the rules of the contract. Rivals only decode.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ViewRecords.COUNT)
public class ViewReading {
  private final ViewDecoder decoder = new ViewDecoder(InstantSource.system());
  private final ViewFields fields = new ViewFields();
  private final EventCodec<View> codec = new EventCodec<>(EventType.VIEWS, InstantSource.system());
  private final JacksonStream stream = new JacksonStream();
  private final ObjectMapper mapper =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private final ObjectReader rows = mapper.readerFor(ViewRow.class);
  private final JsonFormat.Parser jsonFormat = JsonFormat.parser().ignoringUnknownFields();

  /** Made by JMH. */
  public ViewReading() {}

  /** Ours for views, Protobuf. */
  @Benchmark
  public long protobufViewDecoder(ViewRecords records) {
    return decoder(records.protobuf);
  }

  /** Ours for all events, Protobuf. */
  @Benchmark
  public long protobufEventCodec(ViewRecords records) {
    return codec(records.protobuf);
  }

  /** The generated class. */
  @Benchmark
  public long protobufParseFrom(ViewRecords records) throws IOException {
    long sum = 0;
    for (byte[] each : records.protobuf) {
      sum += sum(View.parseFrom(each));
    }
    return sum;
  }

  /** Ours for views, JSON. */
  @Benchmark
  public long jsonViewDecoder(ViewRecords records) {
    return decoder(records.json);
  }

  /** Ours for all events, JSON. */
  @Benchmark
  public long jsonEventCodec(ViewRecords records) {
    return codec(records.json);
  }

  /** Jackson, token by token. */
  @Benchmark
  public long jsonJacksonStream(ViewRecords records) throws IOException {
    long sum = 0;
    for (byte[] each : records.json) {
      stream.read(each);
      sum += stream.sum();
    }
    return sum;
  }

  /** Jackson, into a record. */
  @Benchmark
  public long jsonJacksonRecord(ViewRecords records) throws IOException {
    long sum = 0;
    for (byte[] each : records.json) {
      ViewRow row = rows.readValue(each);
      sum += row.viewerId() + row.videoId() + row.creatorId() + row.viewedAt();
      sum += row.watchMs() + row.durationMs();
    }
    return sum;
  }

  /** Jackson, into a tree. */
  @Benchmark
  public long jsonJacksonTree(ViewRecords records) throws IOException {
    long sum = 0;
    for (byte[] each : records.json) {
      JsonNode tree = mapper.readTree(each);
      sum += tree.path("viewerId").asLong() + tree.path("videoId").asLong();
      sum += tree.path("creatorId").asLong() + tree.path("viewedAt").asLong();
      sum += tree.path("watchMs").asInt() + tree.path("durationMs").asInt();
    }
    return sum;
  }

  /** The JSON decoder of Protobuf. */
  @Benchmark
  public long jsonJsonFormat(ViewRecords records) throws IOException {
    long sum = 0;
    for (byte[] each : records.json) {
      View.Builder view = View.newBuilder();
      jsonFormat.merge(new String(each, UTF_8), view);
      sum += sum(view.build());
    }
    return sum;
  }

  private long decoder(byte[][] records) {
    long sum = 0;
    for (byte[] each : records) {
      if (decoder.decode(each, 0, each.length, fields).isEmpty()) {
        sum += fields.viewerId() + fields.videoId() + fields.creatorId() + fields.viewedAt();
        sum += fields.watchMs() + fields.durationMs();
      }
    }
    return sum;
  }

  private long codec(byte[][] records) {
    long sum = 0;
    for (byte[] each : records) {
      if (codec.decode(each) instanceof Decoded.Good<View> good) {
        sum += sum(good.value());
      }
    }
    return sum;
  }

  private static long sum(View view) {
    return view.getViewerId()
        + view.getVideoId()
        + view.getCreatorId()
        + view.getViewedAt()
        + view.getWatchMs()
        + view.getDurationMs();
  }
}
