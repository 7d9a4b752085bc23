package io.creditledger.streams.replay;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What is replayed, and where to.
 *
 * @param live the ledger's topics
 * @param applicationId of the service that decides
 * @param prefix of the replay's topics and of its application id
 * @param until the replay ends, in each partition, before the first input recorded after it
 * @param stateDir where the shadow's stores are kept while it runs
 * @param threads partitions replayed at the same time
 */
public record ReplaySettings(
    KafkaConnection kafka,
    Topics live,
    String applicationId,
    String prefix,
    Instant until,
    Path stateDir,
    int threads) {

  private static final int PREFIX_LENGTH_MAX = 100;

  /**
   * Checks the prefix.
   *
   * @throws ReplayException if topics cannot be named so, or it is the ledger's own
   */
  public ReplaySettings {
    checkPrefix(prefix, live);
  }

  private static void checkPrefix(String prefix, Topics live) {
    if (!prefix.matches("[A-Za-z0-9._-]{1," + PREFIX_LENGTH_MAX + "}")) {
      throw new ReplayException(
          "\""
              + prefix
              + "\" cannot be a replay's prefix: use 1 to "
              + PREFIX_LENGTH_MAX
              + " letters, digits, dots, hyphens and underscores, such as replay-1.");
    }
    if (Topics.prefixed(prefix).name(Topics.ENTRIES).equals(live.name(Topics.ENTRIES))) {
      throw new ReplayException(
          "\"" + prefix + "\" is the ledger's own prefix: choose another one for its replay");
    }
  }

  Topics shadow() {
    return Topics.prefixed(prefix);
  }

  /** The shadow's application id, which names its group and its changelogs. */
  String shadowId() {
    return prefix + applicationId;
  }
}
