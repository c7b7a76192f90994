package dev.upswell.redis;

import io.lettuce.core.api.StatefulConnection;
import java.util.concurrent.CompletableFuture;

/** All to the one server there is. */
final class ServerRoute implements BatchRoute {
  private final CompletableFuture<StatefulConnection<byte[], byte[]>> server;
  private final BatchSender sender;

  ServerRoute(StatefulConnection<byte[], byte[]> server, BatchSender sender) {
    this.server = CompletableFuture.completedFuture(server);
    this.sender = sender;
  }

  @Override
  public CompletableFuture<Void> send(RedisBatch batch) {
    return sender.send(new CommandBatch(batch), server);
  }

  @Override
  public CompletableFuture<long[]> send(KeyBatch batch) {
    KeyBatchOutput replies = new KeyBatchOutput(batch);
    return sender.send(replies, server).thenApply(done -> replies.get());
  }
}
