package io.creditledger.cli.audit;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/** How much memory this process has used at most since it began to watch. */
final class PeakMemory implements AutoCloseable {

  private long bytes;

  private PeakMemory() {}

  static PeakMemory watch() {
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    return new PeakMemory();
  }

  @Override
  public void close() {
    bytes =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
  }

  /** The pools' peaks together: more than was ever used at once, never less. */
  long bytes() {
    return bytes;
  }
}
