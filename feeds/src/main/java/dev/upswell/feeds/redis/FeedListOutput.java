package dev.upswell.feeds.redis;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;

/** Reads the answer of LRANGE straight into two arrays, without a byte array for each entry. */
final class FeedListOutput extends CommandOutput<byte[], byte[], FeedList> {
  FeedListOutput() {
    super(ByteArrayCodec.INSTANCE, new FeedList(0));
  }

  @Override
  public void multi(int count) {
    // An absent key has a count of 0 or -1.
    if (count > 0) {
      output = new FeedList(count);
    }
  }

  @Override
  public void set(ByteBuffer entry) {
    if (entry.remaining() != FeedEntry.BYTES) {
      setError("feed entry: " + entry.remaining() + " bytes (expected: " + FeedEntry.BYTES + ")");
      return;
    }
    output.add(entry.getLong(), entry.getLong());
  }
}
