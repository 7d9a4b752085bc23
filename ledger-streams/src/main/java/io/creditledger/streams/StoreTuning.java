package io.creditledger.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Env;
import org.rocksdb.Options;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;

/**
 * How RocksDB merges its files: in the background of decisions, and not after every four of them,
 * as Kafka Streams has it. A merge rewrites all of what it takes, in a burst.
 */
public final class StoreTuning implements RocksDBConfigSetter {

  /** Files that wait for a merge. More are merged less often, and looked into by each read. */
  private static final int FILES_MERGED = 8;

  /** A writer is held back where so many wait, since merges have long been outrun then. */
  private static final int FILES_SLOWING = 4 * FILES_MERGED;

  private static final int FILES_STOPPING = 6 * FILES_MERGED;

  static {
    RocksDB.loadLibrary();
    // Merges take what is left of the cores; decisions do not wait for them.
    var unused = Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    options.setLevel0FileNumCompactionTrigger(FILES_MERGED);
    options.setLevel0SlowdownWritesTrigger(FILES_SLOWING);
    options.setLevel0StopWritesTrigger(FILES_STOPPING);
  }

  /** Nothing was made that would have to be closed. */
  @Override
  public void close(String storeName, Options options) {}
}
