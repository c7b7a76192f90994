package dev.upswell.api.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import dev.upswell.api.trending.TrendingQuery.Kind;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.redis.TrendingValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class TrendingStreamsTest {
  private static final TrendingQuery QUERY = new TrendingQuery("global", Kind.TOP, 20);
  private static final long MINUTE = 60_000_000_000L;

  private final EventLoop thread = new DefaultEventLoop();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final AtomicLong now = new AtomicLong(1);
  private final AtomicLong at = new AtomicLong(1);
  private final AtomicInteger reads = new AtomicInteger();

  /** Videos of the read list. */
  private volatile long[] videos = {};

  private volatile boolean failing;
  private final TrendingStreams streams =
      new TrendingStreams(scope -> read(), thread, now::get, metrics);

  @AfterEach
  void stop() {
    thread.shutdownGracefully().syncUninterruptibly();
  }

  private CompletableFuture<Optional<TrendingValue>> read() {
    reads.incrementAndGet();
    if (failing) {
      return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
    }
    TrendingList.Builder list =
        TrendingList.newBuilder().setScope("global").setAt(Timestamps.fromMillis(at.get()));
    for (long video : videos) {
      list.addTop(TrendingList.Entry.newBuilder().setVideoId(video));
    }
    return CompletableFuture.completedFuture(Optional.of(new TrendingValue(list.build())));
  }

  /** A client that reads a set number of messages. */
  private final class Client implements Subscriber<HttpObject> {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private volatile boolean isOver;

    Client(long seen) {
      HttpResponse response = streams.open(QUERY, seen);
      response.subscribe(this, thread);
      // The headers.
      take(1);
    }

    void take(long more) {
      subscription.join().request(more);
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription.complete(given);
    }

    @Override
    public void onNext(HttpObject object) {
      if (object instanceof HttpData data) {
        events.add(data.toStringUtf8().lines().findFirst().orElse(""));
      }
    }

    @Override
    public void onError(Throwable failure) {
      isOver = true;
    }

    @Override
    public void onComplete() {
      isOver = true;
    }
  }

  private void publish(long newer) {
    at.set(newer);
    tick();
  }

  private void tick() {
    thread.submit(streams::tick).syncUninterruptibly();
  }

  @Test
  void slowClientGetsOnlyNewestListAndDelaysNoOther() {
    Client slow = new Client(0);
    Client fast = new Client(0);
    fast.take(Long.MAX_VALUE);
    for (long newer = 2; newer <= 1_000; newer++) {
      publish(newer);
      String event = "id:" + newer;
      await().pollInterval(Duration.ofNanos(1)).until(() -> fast.events.contains(event));
    }
    assertThat(fast.events.stream().filter(event -> !event.equals(":"))).hasSize(1_000);
    assertThat(slow.events).isEmpty();

    slow.take(Long.MAX_VALUE);
    await().until(() -> slow.events.contains("id:1000"));
    assertThat(slow.events).containsExactly("id:1", "id:1000");
    assertThat(metrics.counter("upswell.trending.conflated").count()).isEqualTo(998);
  }

  @Test
  void scopeIsReadOncePerTickAndNotWithoutSubscribers() {
    for (int i = 0; i < 50; i++) {
      new Client(0).take(Long.MAX_VALUE);
    }
    tick();
    int before = reads.get();
    tick();
    tick();
    assertThat(reads.get() - before).isEqualTo(2);
    thread.submit(streams::close).syncUninterruptibly();
    tick();
    assertThat(reads.get() - before).isEqualTo(2);
  }

  @Test
  void listsThatTheClientHasAreNotSentAgain() {
    at.set(7);
    Client client = new Client(7);
    client.take(Long.MAX_VALUE);
    tick();
    publish(6);
    publish(8);
    await().until(() -> client.events.contains("id:8"));
    assertThat(client.events).containsExactly("id:8");
  }

  @Test
  void listsThatLoseAVideoAreSentAgain() {
    videos = new long[] {1, 2};
    Client client = new Client(0);
    client.take(Long.MAX_VALUE);
    Client seen = new Client(1);
    seen.take(Long.MAX_VALUE);
    await().until(() -> client.events.size() == 1);
    tick();
    videos = new long[] {2};
    tick();

    await().until(() -> client.events.size() == 2);
    assertThat(client.events).containsExactly("id:1", "id:1");
    await().until(() -> seen.events.size() == 1);
  }

  @Test
  void newClientsGetNoListWhileItCannotBeRead() {
    Client first = new Client(0);
    first.take(Long.MAX_VALUE);
    await().until(() -> first.events.contains("id:1"));
    failing = true;
    tick();
    Client second = new Client(0);
    second.take(Long.MAX_VALUE);
    tick();
    assertThat(second.events).isEmpty();
    failing = false;
    tick();

    await().until(() -> second.events.contains("id:1"));
    assertThat(first.events).containsExactly("id:1");
  }

  @Test
  void stalledClientsAreDisconnectedAndClosedOnesRemoved() {
    Client stalled = new Client(0);
    Client gone = new Client(0);
    gone.take(Long.MAX_VALUE);
    Client there = new Client(0);
    there.take(Long.MAX_VALUE);
    tick();
    assertThat(metrics.get("upswell.trending.streams").gauge().value()).isEqualTo(3);
    gone.subscription.join().cancel();
    now.addAndGet(2 * MINUTE);
    tick();
    await().until(() -> metrics.get("upswell.trending.streams").gauge().value() == 1);
    assertThat(metrics.counter("upswell.trending.stalled").count()).isEqualTo(1);
    assertThat(stalled.events).isEmpty();
    publish(9);
    await().until(() -> there.events.contains("id:9"));
  }

  @Test
  void idleStreamSendsHeartbeatsAndEndsWithTheServer() {
    Client client = new Client(0);
    client.take(Long.MAX_VALUE);
    for (int i = 0; i < 15; i++) {
      tick();
    }
    await().until(() -> client.events.contains(":"));
    thread.submit(streams::close).syncUninterruptibly();
    await().until(() -> client.isOver);
    Client late = new Client(0);
    late.take(Long.MAX_VALUE);
    await().until(() -> late.isOver);
  }
}
