package io.creditledger.streams.topology;

import io.creditledger.relay.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * The topology with stores in memory, on a driver whose directory is nobody else's: its index of
 * ids is in files, and other tests run beside it.
 */
public final class InMemoryTopology implements AutoCloseable {

  private final Path directory;
  private final TopologyTestDriver driver;

  public InMemoryTopology(InstantSource clock, Instant start) {
    try {
      directory = Files.createTempDirectory("credit-ledger-topology-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    driver =
        new TopologyTestDriver(
            LedgerTopology.inMemory(Topics.prefixed(""), 1, clock, TimerSettings.DEFAULT).build(),
            properties,
            start);
  }

  public TopologyTestDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.close();
    try {
      Utils.delete(directory.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
