package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisFullException;
import dev.upswell.redis.RedisUnavailableException;
import dev.upswell.redis.command.LongArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/** The commands of a {@link Pipeline} on their way to one server. */
final class ServerPipeline implements InFlightPipeline {
  /** Few are longer; the buffer grows for those. */
  private static final int BYTES_A_COMMAND = 96;

  private final List<Command<byte[], byte[], ?>> commands;
  private int answered;

  /** Creates the commands of a pipeline that is not empty and no longer modified. */
  ServerPipeline(Pipeline batch) {
    this.commands = batch.commands();
  }

  @Override
  public ProtocolKeyword type() {
    return commands.get(0).getType();
  }

  @Override
  public int size() {
    return commands.size();
  }

  @Override
  public String name() {
    return size() == 1 ? type().toString() : "%s and %d more".formatted(type(), size() - 1);
  }

  @Override
  public void writeTo(ByteBuf out) {
    out.ensureWritable(BYTES_A_COMMAND * size());
    for (int i = 0; i < commands.size(); i++) {
      commands.get(i).encode(out);
    }
  }

  @Override
  public boolean decodeFrom(ByteBuf in) {
    int before = answered;
    while (!isComplete() && next() instanceof LongArrayOutput longs && longs.decodeFrom(in)) {
      decoded();
    }
    return answered > before;
  }

  @Override
  public CommandOutput<byte[], byte[], ?> next() {
    return commands.get(answered).getOutput();
  }

  @Override
  public void decoded() {
    answered++;
  }

  @Override
  public boolean isComplete() {
    return answered == commands.size();
  }

  @Override
  public Optional<RedisUnavailableException> refusal() {
    for (int i = 0; i < commands.size(); i++) {
      Command<byte[], byte[], ?> command = commands.get(i);
      if (command.getOutput().hasError()) {
        return Optional.of(RedisFullException.ofRefusal(command));
      }
    }
    return Optional.empty();
  }
}
