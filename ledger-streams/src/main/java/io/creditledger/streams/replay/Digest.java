package io.creditledger.streams.replay;

import io.creditledger.core.entry.Hash;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A running digest of records: each step hashes the digest so far, the key and the value. */
final class Digest {

  private Hash sum = Hash.NONE;

  /** Adds a record; one without a key differs from one with an empty key. */
  void add(ConsumerRecord<byte[], byte[]> record) {
    add(record.key(), record.value());
  }

  /** Adds a key, null where there is none, and a value. */
  void add(byte[] key, byte[] value) {
    int keySize = key == null ? 0 : key.length;
    ByteBuffer bytes =
        ByteBuffer.allocate(Hash.SIZE + Integer.BYTES + keySize + value.length)
            .put(sum.toBytes())
            .putInt(key == null ? -1 : keySize);
    if (key != null) {
      bytes.put(key);
    }
    sum = Hash.of(bytes.put(value).array());
  }

  /** The digest so far. */
  Hash value() {
    return sum;
  }
}
