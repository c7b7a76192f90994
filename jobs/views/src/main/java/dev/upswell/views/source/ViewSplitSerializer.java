package dev.upswell.views.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes the connector's form of a partition with its length and version, then the recent ids. */
final class ViewSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
  private static final int VERSION = 1;

  private final KafkaPartitionSplitSerializer partitions = new KafkaPartitionSplitSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    byte[] partition = partitions.serialize(split);
    byte[] recent = split instanceof ViewSplit known ? known.recent() : new byte[0];
    return ByteBuffer.allocate(2 * Integer.BYTES + partition.length + recent.length)
        .putInt(partitions.getVersion())
        .putInt(partition.length)
        .put(partition)
        .put(recent)
        .array();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("partition of views: version " + version + " (expected: 1)");
    }
    ByteBuffer bytes = ByteBuffer.wrap(serialized);
    int partitionVersion = bytes.getInt();
    byte[] partition = new byte[bytes.getInt()];
    bytes.get(partition);
    KafkaPartitionSplit split = partitions.deserialize(partitionVersion, partition);
    if (!bytes.hasRemaining()) {
      return split;
    }
    byte[] recent = new byte[bytes.remaining()];
    bytes.get(recent);
    return new ViewSplit(split, recent);
  }
}
