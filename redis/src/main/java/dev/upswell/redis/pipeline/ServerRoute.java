package dev.upswell.redis.pipeline;

import io.lettuce.core.api.StatefulConnection;
import java.util.concurrent.CompletableFuture;

/** All to the one server there is. */
public final class ServerRoute implements PipelineRoute {
  private final CompletableFuture<StatefulConnection<byte[], byte[]>> server;
  private final PipelineSender sender;

  public ServerRoute(StatefulConnection<byte[], byte[]> server, PipelineSender sender) {
    this.server = CompletableFuture.completedFuture(server);
    this.sender = sender;
  }

  @Override
  public CompletableFuture<Void> send(Pipeline batch) {
    return sender.send(new ServerPipeline(batch), server);
  }

  @Override
  public CompletableFuture<long[]> send(KeyPipeline batch) {
    KeyPipelineOutput replies = new KeyPipelineOutput(batch);
    return sender.send(replies, server).thenApply(done -> replies.get());
  }
}
