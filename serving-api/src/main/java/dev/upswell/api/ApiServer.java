package dev.upswell.api;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.server.Server;
import dev.upswell.api.auth.AuthOptions;
import dev.upswell.api.events.EventProducer;
import dev.upswell.api.lifecycle.JitWarmUp;
import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisUnavailableException;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the API: connections, server; and ends them in the opposite order. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final Pattern PATH_PARAMETER = Pattern.compile(":(\\w+)");

  private final RedisConnection redis;
  private final EventProducer producer;
  private final Server server;
  private final ServerFactory assembly;

  private ApiServer(
      RedisConnection redis, EventProducer producer, Server server, ServerFactory assembly) {
    this.redis = redis;
    this.producer = producer;
    this.server = server;
    this.assembly = assembly;
  }

  /** Starts a server and stops it on SIGTERM; {@code --help} prints the options. */
  public static void main(String[] args) {
    Options given = ApiOptions.options().readOrExit(args);
    try {
      ApiServer api = start(ApiOptions.from(given));
      Runtime.getRuntime().addShutdownHook(new Thread(api::stop, "shutdown"));
    } catch (IllegalArgumentException e) {
      // Options that contradict each other, or an invalid address.
      System.err.println(e.getMessage());
      System.exit(OptionSet.WRONG_OPTIONS);
    } catch (RedisUnavailableException e) {
      LOG.error(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @throws RedisUnavailableException if Redis cannot be reached
   * @throws IllegalArgumentException for an invalid option
   */
  public static ApiServer start(ApiOptions options) {
    RedisConnection redis = RedisConnection.open(options.redis(), workers());
    EventProducer producer = new EventProducer(options.kafka(), options.deadline());
    ServerFactory assembly = new ServerFactory(options, redis, producer);
    Server server = assembly.server();
    server.start().join();
    warn(options);
    JitWarmUp.run(
        options.warmUp(), options.host(), server.activeLocalPort(), assembly.warmUp(server));
    assembly.ready();
    LOG.info("serving on {}", server.activeLocalPort());
    return new ApiServer(redis, producer, server, assembly);
  }

  /** The threads in which requests are served. */
  private static List<EventLoop> workers() {
    return StreamSupport.stream(CommonPools.workerGroup().spliterator(), false)
        .map(EventLoop.class::cast)
        .toList();
  }

  private static void warn(ApiOptions options) {
    if (options.auth().mode() == AuthOptions.Mode.OFF) {
      LOG.warn("auth: off; every client that reaches {} has full access", options.host());
    }
    if (options.cursors().secrets().isEmpty()) {
      LOG.warn(
          "cursor.secret: not set; cursors are rejected by other instances and after a restart");
    }
  }

  /** The paths that are served, with parameters in braces. */
  Set<String> paths() {
    return server.serviceConfigs().stream()
        .map(config -> PATH_PARAMETER.matcher(config.route().patternString()).replaceAll("{$1}"))
        .collect(Collectors.toSet());
  }

  /** Port that the server listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  private void stop() {
    close();
    LOG.info("stopped");
    // Log4j's own hook would run before the last log lines.
    LogManager.shutdown();
  }

  /** Completes running requests, then stops everything. */
  @Override
  public void close() {
    server.stop().join();
    producer.close();
    redis.close();
    assembly.close();
  }
}
