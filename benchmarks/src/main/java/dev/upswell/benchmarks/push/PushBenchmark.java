package dev.upswell.benchmarks.push;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pushing one entry to many feeds, beside a command object for each and beside a bare socket. */
public final class PushBenchmark implements Benchmark {
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final Duration QUICK_ROUND = Duration.ofMillis(500);
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final List<Integer> BLOCK_SIZES = List.of(256, 1_024);
  private static final String SINGLE = "a command each";
  private static final String SOCKET = "bare socket";

  /** A benchmark for {@code ./bench}. */
  public PushBenchmark() {}

  @Override
  public String name() {
    return "push";
  }

  @Override
  public String description() {
    return "one entry to many feeds: pushes a second, processor time of client and Redis; memory";
  }

  @Override
  public List<Row> run(Settings settings) {
    List<Row> rows = new ArrayList<>();
    try (RedisProcess server = RedisProcess.start(settings.directory());
        RedisConnection redis = RedisConnection.open(RedisOptions.of(server.uri()))) {
      FeedLists lists = new FeedLists(redis);
      lists.fill();
      settings.progress(FeedLists.LISTS + " lists in Redis");
      Session session = new Session(settings, server, redis, lists);
      session.warmUp();
      for (Commands commands : Commands.OF_THE_JOB) {
        for (int size : BLOCK_SIZES) {
          rows.addAll(session.beside(commands, size));
        }
      }
      rows.addAll(session.whatRedisHasToDo());
      rows.add(
          Row.of(
                  "feed of %d as LIST: memory".formatted(FeedLists.MOST_ENTRIES),
                  "bytes",
                  Samples.of(lists.listBytes()))
              .beside("ZSET", Samples.of(lists.sortedSetBytes())));
    }
    return rows;
  }

  /** Shared parts of all scenarios. */
  private record Session(
      Settings settings, RedisProcess server, RedisConnection redis, FeedLists lists) {
    /**
     * Lets this JVM compile the code of all scenarios, because compilation would count as the
     * client's time.
     */
    void warmUp() {
      settings.progress("warm-up");
      long[][] blocks = FeedLists.blocks(BLOCK_SIZES.get(0));
      Commands all = Commands.EXPIRE_ONE_IN_8;
      Duration duration = settings.quick() ? WARM_UP : WARM_UP.multipliedBy(4);
      for (PushClient each :
          List.of(
              new KeyPipelineClient(redis, blocks, all),
              new PipelineClient(redis, blocks, all),
              new SocketClient(server.port(), blocks, all))) {
        try (Contender contender = contender(each, blocks)) {
          contender.warmUp(duration);
          lists.trim();
        }
      }
    }

    /** Ours, a command each and a bare socket by turns. */
    List<Row> beside(Commands commands, int size) {
      String label = "%s, %d at once".formatted(commands.label(), size);
      settings.progress(label);
      long[][] blocks = FeedLists.blocks(size);
      try (Contender ours = contender(new KeyPipelineClient(redis, blocks, commands), blocks);
          Contender single = contender(new PipelineClient(redis, blocks, commands), blocks);
          Contender socket = socket(commands, blocks)) {
        measure(List.of(ours, single, socket));
        return List.of(
            Row.of(label + ": rate", "pushes/s", ours.perSecond())
                .beside(SINGLE, single.perSecond()),
            Row.of(label + ": rate", "pushes/s", ours.perSecond())
                .beside(SOCKET, socket.perSecond()),
            Row.of(label + ": CPU of the client", "ns/push", ours.clientCpuNanos())
                .beside(SINGLE, single.clientCpuNanos()),
            Row.of(label + ": CPU of the client", "ns/push", ours.clientCpuNanos())
                .beside(SOCKET, socket.clientCpuNanos()),
            Row.of(label + ": CPU of Redis", "ns/push", ours.redisCpuNanos())
                .beside(SINGLE, single.redisCpuNanos()),
            Row.of(label + ": CPU of Redis", "ns/push", ours.redisCpuNanos())
                .beside(SOCKET, socket.redisCpuNanos()));
      }
    }

    /** Measures the cost of each further command in Redis, for any client. */
    List<Row> whatRedisHasToDo() {
      settings.progress("Redis alone");
      long[][] blocks = FeedLists.blocks(1_024);
      List<Commands> further =
          List.of(Commands.EXPIRE_EACH, Commands.EXPIRE_ONE_IN_8, Commands.TRIM_AND_EXPIRE);
      List<Row> rows = new ArrayList<>();
      for (Commands commands : further) {
        try (Contender push = socket(Commands.PUSH, blocks);
            Contender more = socket(commands, blocks)) {
          measure(List.of(more, push));
          rows.add(
              Row.of(
                      commands.label() + ", bare socket: CPU of Redis",
                      "ns/push",
                      more.redisCpuNanos())
                  .beside(Commands.PUSH.label(), push.redisCpuNanos()));
        }
      }
      return rows;
    }

    private Contender socket(Commands commands, long[][] blocks) {
      return contender(new SocketClient(server.port(), blocks, commands), blocks);
    }

    private Contender contender(PushClient pipeline, long[][] blocks) {
      return new Contender(pipeline, blocks, server.pid());
    }

    private void measure(List<Contender> contenders) {
      contenders.forEach(each -> each.warmUp(settings.quick() ? QUICK_ROUND : WARM_UP));
      for (int i = 0; i < settings.rounds(ROUNDS); i++) {
        for (Contender each : contenders) {
          lists.trim();
          each.measure(settings.quick() ? QUICK_ROUND : ROUND);
        }
      }
      lists.trim();
    }
  }
}
