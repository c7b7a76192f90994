package dev.upswell.api.trending;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import dev.upswell.contract.redis.TrendingValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All streams of an instance. For any number of clients, a scope has one read at a time, and an
 * event is encoded once per query. Everything runs in one thread.
 */
final class TrendingStreams {
  private static final int STILL_THERE_EACH = 15;

  private final Function<String, CompletableFuture<Optional<TrendingValue>>> lists;
  private final Executor thread;
  private final LongSupplier nanos;
  private final Counter conflated;
  private final Counter stalled;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<TrendingQuery, Subscribers> subscribers = new HashMap<>();

  /** Last read lists of each streamed scope. */
  private final Map<String, TrendingValue> known = new HashMap<>();

  private final Set<String> reading = new HashSet<>();

  /** Scopes with a failed last read. Their known lists may have hidden videos by now. */
  private final Set<String> failing = new HashSet<>();

  private int ticks;
  private boolean isClosed;

  /** Streams with the same query. */
  private static final class Subscribers {
    private final Set<TrendingStream> streams = new LinkedHashSet<>();
    private HttpData event = HttpData.empty();
    private @Nullable TrendingValue encoded;

    /** Returns the event of lists; encoded once. */
    @SuppressWarnings("ReferenceEquality") // Each read that found a change has a value of its own.
    HttpData event(TrendingQuery query, TrendingValue value) {
      if (encoded != value) {
        encoded = value;
        String data = query.answer(Optional.of(value)).toString();
        event = HttpData.ofUtf8("id:" + value.at() + "\nevent:lists\ndata:" + data + "\n\n");
      }
      return event;
    }
  }

  /**
   * Without streams.
   *
   * @param lists reads those of a scope
   * @param thread in which everything happens
   */
  TrendingStreams(
      Function<String, CompletableFuture<Optional<TrendingValue>>> lists,
      Executor thread,
      LongSupplier nanos,
      MeterRegistry metrics) {
    this.lists = lists;
    this.thread = thread;
    this.nanos = nanos;
    this.conflated = metrics.counter("upswell.trending.conflated");
    this.stalled = metrics.counter("upswell.trending.stalled");
    metrics.gauge("upswell.trending.streams", open);
  }

  /** Returns the number of streams. Callable from any thread. */
  int size() {
    return open.get();
  }

  /**
   * Opens a stream. Callable from any thread.
   *
   * @param seen time of the lists that the client has, in Unix milliseconds; 0 for none
   */
  HttpResponse open(TrendingQuery query, long seen) {
    HttpResponseWriter response = HttpResponse.streaming();
    open.incrementAndGet();
    var unused = response.whenComplete().handle((done, failure) -> open.decrementAndGet());
    thread.execute(() -> add(query, new TrendingStream(response, seen, conflated)));
    return response;
  }

  private void add(TrendingQuery query, TrendingStream stream) {
    if (isClosed) {
      stream.close();
      return;
    }
    Subscribers same = subscribers.computeIfAbsent(query, unknown -> new Subscribers());
    same.streams.add(stream);
    TrendingValue value = known.get(query.scope());
    if (value == null || failing.contains(query.scope())) {
      read(query.scope());
    } else {
      send(stream, value.at(), same.event(query, value));
    }
  }

  /** Looks for lists that changed; a second after it was called last. */
  void tick() {
    ticks++;
    boolean keepAlive = ticks % STILL_THERE_EACH == 0;
    for (Subscribers same : subscribers.values()) {
      same.streams.removeIf(this::isOver);
      if (keepAlive) {
        same.streams.forEach(stream -> stream.keepAlive(nanos.getAsLong(), decoded(stream)));
      }
    }
    subscribers.values().removeIf(same -> same.streams.isEmpty());
    Set<String> scopes = new HashSet<>();
    subscribers.keySet().forEach(query -> scopes.add(query.scope()));
    known.keySet().retainAll(scopes);
    failing.retainAll(scopes);
    scopes.forEach(this::read);
  }

  private boolean isOver(TrendingStream stream) {
    if (stream.isStalled(nanos.getAsLong())) {
      stalled.increment();
      stream.abort();
    }
    return !stream.isOpen();
  }

  private void read(String scope) {
    if (reading.add(scope)) {
      // Without an answer of the store nothing is sent.
      var unused =
          lists
              .apply(scope)
              .handleAsync(
                  (found, failure) -> {
                    reading.remove(scope);
                    if (failure == null) {
                      boolean failedBefore = failing.remove(scope);
                      found.ifPresent(value -> update(scope, value, failedBefore));
                    } else {
                      failing.add(scope);
                    }
                    return true;
                  },
                  thread);
    }
  }

  /** Sends lists that are newer than the known ones, or of the same time with other videos. */
  private void update(String scope, TrendingValue value, boolean failedBefore) {
    TrendingValue before = known.get(scope);
    if (before != null && before.at() > value.at()) {
      return;
    }
    if (value.equals(before) && !failedBefore) {
      return;
    }
    boolean isCorrection = before != null && before.at() == value.at() && !before.equals(value);
    known.put(scope, value);
    subscribers.forEach(
        (query, same) -> {
          if (query.scope().equals(scope)) {
            HttpData last = same.event;
            HttpData event = same.event(query, value);
            // The lost video may be beyond the limit of the query.
            boolean again = isCorrection && !event.equals(last);
            same.streams.forEach(
                stream -> {
                  if (again) {
                    stream.sendAgain(value.at(), event, nanos.getAsLong(), decoded(stream));
                  } else {
                    send(stream, value.at(), event);
                  }
                });
          }
        });
  }

  private void send(TrendingStream stream, long at, HttpData event) {
    stream.send(at, event, nanos.getAsLong(), decoded(stream));
  }

  private Runnable decoded(TrendingStream stream) {
    return () -> thread.execute(() -> stream.decoded(nanos.getAsLong(), decoded(stream)));
  }

  /** Ends all streams; clients reconnect to another instance. */
  void close() {
    isClosed = true;
    subscribers.values().forEach(same -> same.streams.forEach(TrendingStream::close));
    subscribers.clear();
  }
}
