package dev.upswell.redis.pipeline;

import static dev.upswell.redis.TestLists.ids;
import static dev.upswell.redis.TestLists.pushTo;
import static io.lettuce.core.protocol.CommandType.LLEN;
import static io.lettuce.core.protocol.CommandType.MGET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.redis.TestLists;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.ConnectionFacade;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.resource.ClientResources;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever Redis answers, in whatever pieces, every command gets its own replies. */
class PipelineHandlerPropertyTest {
  private static final ClientOptions OPTIONS = ClientOptions.create();
  private static ClientResources resources;

  @BeforeContainer
  static void start() {
    resources = ClientResources.create();
  }

  @AfterContainer
  static void stop() {
    resources.shutdown().awaitUninterruptibly(5_000);
  }

  /**
   * One reply.
   *
   * @param isInteger whether it is what a batch expects
   */
  record Reply(String bytes, boolean isInteger) {
    static Reply of(long integer) {
      return new Reply(":" + integer + "\r\n", true);
    }
  }

  @Provide
  Arbitrary<List<Reply>> replies() {
    Arbitrary<Reply> integer = Arbitraries.longs().between(0, Long.MAX_VALUE).map(Reply::of);
    Arbitrary<String> text =
        Arbitraries.strings().withChars(":-+$*>_#01 ERMOVD").ofMinLength(0).ofMaxLength(12);
    Arbitrary<Reply> error = text.map(each -> new Reply("-" + each + "\r\n", false));
    Arbitrary<Reply> line = text.map(each -> new Reply("+" + each + "\r\n", false));
    // Even an integer with its end may stand in a text.
    Arbitrary<Reply> bulk =
        text.map(each -> ":7\r\n" + each)
            .map(each -> new Reply("$" + each.length() + "\r\n" + each + "\r\n", false));
    Arbitrary<Reply> other =
        Arbitraries.of("_\r\n", "$-1\r\n", "*2\r\n:1\r\n:2\r\n", "#t\r\n", ",1.5\r\n", "(12\r\n")
            .map(bytes -> new Reply(bytes, false));
    return Arbitraries.frequencyOf(
            Tuple.of(12, integer),
            Tuple.of(1, error),
            Tuple.of(1, line),
            Tuple.of(1, bulk),
            Tuple.of(1, other))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Property(tries = 2_000)
  void everyPipelineGetsItsOwnReplies(
      @ForAll("replies") List<Reply> first,
      @ForAll("replies") List<Reply> second,
      @ForAll long cuts)
      throws Exception {
    AtomicInteger ended = new AtomicInteger();
    Sent one = Sent.toKeys(first.size(), ended);
    Sent two = Sent.toKeys(second.size(), ended);
    Sent three = Sent.toKeys(3, ended);
    Pipeline mixed = new Pipeline();
    RedisReply<byte[]> text = mixed.get(TestLists.KEYS.of(1));
    RedisReply<Long> size = mixed.integer(LLEN, Pipeline.args().addKey(TestLists.KEYS.of(2)));
    RedisReply<List<byte[]>> list =
        mixed.add(MGET, new ValueListOutput<>(ByteArrayCodec.INSTANCE), Pipeline.args());
    PipelineCommand others = new PipelineCommand(new ServerPipeline(mixed), ended::incrementAndGet);
    EmbeddedChannel channel = channel();
    channel.writeOutbound(one.command, two.command, others, three.command);

    StringBuilder bytes = new StringBuilder();
    first.forEach(reply -> bytes.append(reply.bytes));
    bytes.append(">2\r\n+news\r\n:5\r\n"); // A push message of Redis is no reply.
    second.forEach(reply -> bytes.append(reply.bytes));
    bytes.append("$6\r\n:1\r\n:2\r\n:42\r\n*2\r\n$1\r\na\r\n$0\r\n\r\n");
    bytes.append(":1\r\n:2\r\n:3\r\n");
    pieces(bytes.toString(), new Random(cuts))
        .forEach(piece -> channel.writeInbound(Unpooled.wrappedBuffer(piece)));

    verify(one, first);
    verify(two, second);
    assertThat(others.done()).isCompleted();
    assertThat(text.get()).asString().isEqualTo(":1\r\n:2");
    assertThat(size.get()).isEqualTo(42);
    assertThat(list.get()).extracting(String::new).containsExactly("a", "");
    assertThat(three.command.done()).isCompleted();
    assertThat(three.replies.get()).containsExactly(1, 2, 3);
    assertThat(ended).hasValue(4);
    assertThat(channel.pipeline().get(PipelineHandler.class).getStack()).isEmpty();
    channel.finishAndReleaseAll();
  }

  private static void verify(Sent sent, List<Reply> replies) {
    CompletableFuture<Void> done = sent.command.done();
    long others = replies.stream().filter(reply -> !reply.isInteger).count();
    if (others == 0) {
      assertThat(done).isCompleted();
      assertThat(sent.replies.get())
          .containsExactly(
              replies.stream()
                  .mapToLong(reply -> Long.parseLong(reply.bytes.substring(1).strip()))
                  .toArray());
    } else {
      int place =
          IntStream.range(0, replies.size())
              .filter(i -> !replies.get(i).isInteger)
              .findFirst()
              .orElseThrow();
      assertThatThrownBy(done::join)
          .hasMessageContaining("Redis rejected LPUSHX feed:{%d}: ".formatted(place + 1));
      if (others > 1) {
        assertThatThrownBy(done::join).hasMessageEndingWith("(and %d more)".formatted(others - 1));
      }
    }
  }

  private record Sent(KeyPipelineOutput replies, PipelineCommand command) {
    static Sent toKeys(int keys, AtomicInteger ended) {
      KeyPipelineOutput replies = new KeyPipelineOutput(pushTo(ids(keys)));
      return new Sent(replies, new PipelineCommand(replies, ended::incrementAndGet));
    }
  }

  private static List<byte[]> pieces(String bytes, Random cuts) {
    List<byte[]> pieces = new ArrayList<>();
    int longest = 1 + cuts.nextInt(20);
    for (int from = 0; from < bytes.length(); ) {
      int to = Math.min(bytes.length(), from + 1 + cuts.nextInt(longest));
      pieces.add(bytes.substring(from, to).getBytes(US_ASCII));
      from = to;
    }
    return pieces;
  }

  private static EmbeddedChannel channel() {
    DefaultEndpoint endpoint = new DefaultEndpoint(OPTIONS, resources);
    endpoint.setConnectionFacade(
        new ConnectionFacade() {
          @Override
          public void activated() {}

          @Override
          public void deactivated() {}
        });
    return new EmbeddedChannel(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new PipelineHandler(OPTIONS, endpoint));
          }
        });
  }
}
