package dev.upswell.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisProcessIT {
  @TempDir Path directory;

  @Test
  void answersAndForgetsOverARestart() throws IOException {
    try (RedisProcess redis = RedisProcess.start(directory)) {
      assertThat(ask(redis, "SET k v")).isEqualTo("+OK");
      assertThat(ask(redis, "EXISTS k")).isEqualTo(":1");
      redis.stop();
      redis.restart();
      assertThat(ask(redis, "EXISTS k")).isEqualTo(":0");
    }
  }

  @Test
  void keepsItsDataOverAStopAndAnOrderlyStartInTheSameFolder() throws IOException {
    int port = Ports.free();
    try (RedisProcess redis =
        RedisProcess.start(directory, port, RedisProcess.Persistence.APPEND_ONLY)) {
      ask(redis, "SET k v");
    }
    try (RedisProcess redis =
        RedisProcess.start(directory, port, RedisProcess.Persistence.APPEND_ONLY)) {
      assertThat(ask(redis, "EXISTS k")).isEqualTo(":1");
    }
  }

  @Test
  void isSilentWhilePausedAndAnswersAfterwards() throws IOException {
    try (RedisProcess redis = RedisProcess.start(directory)) {
      redis.pause();
      assertThatThrownBy(() -> ask(redis, "PING")).isInstanceOf(SocketTimeoutException.class);
      redis.resume();
      assertThat(ask(redis, "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void pausedServerCanBeClosed() {
    RedisProcess redis = RedisProcess.start(directory);
    redis.pause();
    redis.close();
    assertThat(ProcessHandle.of(redis.pid())).isEmpty();
  }

  @Test
  void killedServerReleasesItsPort() throws IOException {
    try (RedisProcess redis = RedisProcess.start(directory)) {
      long first = redis.pid();
      redis.kill();
      assertThat(ProcessHandle.of(first)).isEmpty();
      redis.restart();
      assertThat(ask(redis, "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void failedStartNamesTheReasonAndTheLog() throws IOException {
    Files.writeString(directory.resolve("appendonly.aof"), "no data of Redis");
    int port = Ports.free();
    assertThatThrownBy(
            () -> RedisProcess.start(directory, port, RedisProcess.Persistence.APPEND_ONLY))
        .isInstanceOf(ProcessFailedException.class)
        .hasMessageContaining("Redis ended with exit code 1")
        .hasMessageContaining(directory.resolve("redis.log").toString())
        .hasMessageContaining("Bad file format");
  }

  @Test
  void portInUseIsRejected() {
    try (RedisProcess redis = RedisProcess.start(directory.resolve("first"))) {
      assertThatThrownBy(() -> RedisProcess.start(directory.resolve("second"), redis.port()))
          .isInstanceOf(ProcessFailedException.class)
          .hasMessage("Redis cannot have port " + redis.port() + ": another program listens there");
    }
  }

  private static String ask(RedisProcess redis, String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(500);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      InputStreamReader reader =
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      return new BufferedReader(reader).readLine();
    }
  }
}
