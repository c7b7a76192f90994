package dev.upswell.redis.pipeline;

import static dev.upswell.redis.TestLists.ids;
import static dev.upswell.redis.TestLists.pushTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.upswell.processes.ChildProcess;
import dev.upswell.processes.Ports;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import dev.upswell.redis.TestLists;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.core.ExecutableProvider;

/** Left out where the Redis that comes with the tests was built without TLS. */
class KeyPipelineTlsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PASSWORD = "secret";
  private static final int MANY = 10_000;

  @Test
  void largePipelinesWorkOverTls(@TempDir Path dir) throws Exception {
    Path server =
        ExecutableProvider.newJarResourceProvider(
                Files.createDirectories(dir.resolve("bin")).toFile())
            .get()
            .toPath();
    assumeTrue(knowsTls(server), "this redis-server was built without TLS");
    Path pem = certificate(dir);
    int port = Ports.free();
    List<String> command =
        List.of(
            server.toString(),
            "--port",
            "0",
            "--tls-port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--tls-cert-file",
            pem.toString(),
            "--tls-key-file",
            pem.toString(),
            "--tls-auth-clients",
            "no");
    // The certificate is self-signed, and the test does not verify it.
    RedisOptions settings = RedisOptions.of("rediss://127.0.0.1:" + port + "?verifyPeer=NONE");
    try (ChildProcess process =
            ChildProcess.start("Redis", command, dir, dir.resolve("redis.log"), Map.of());
        RedisConnection redis =
            await()
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> RedisConnection.open(settings), connected -> process.isAlive())) {
      TestLists feeds = new TestLists(redis);
      long[] ids = ids(MANY);
      feeds.fill(ids, id -> id % 3);
      long[] expected = Arrays.stream(ids).map(id -> id % 3 == 0 ? 0 : id % 3 + 1).toArray();

      assertThat(redis.send(pushTo(ids)).join()).containsExactly(expected);
      assertThat(feeds.lengths(ids)).containsExactly(expected);
    }
  }

  /** One without TLS does not know the option, and says so instead of its version. */
  private static boolean knowsTls(Path server) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(server.toString(), "--tls-port", "-1").redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor(10, TimeUnit.SECONDS) && output.contains("between 0 and 65535");
  }

  /** A key and its certificate in one file, made by the JDK. */
  private static Path certificate(Path dir)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = dir.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "redis",
                "-dname",
                "CN=127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return Files.writeString(
        dir.resolve("redis.pem"),
        pem("PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded())
            + pem("CERTIFICATE", keys.getCertificate("redis").getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}
