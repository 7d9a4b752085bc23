package io.creditledger.streams;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;

/** What the brokers must be able to do. */
final class Brokers {

  private static final String TRANSACTION_VERSION = "transaction.version";

  private Brokers() {}

  /**
   * Checks that transactions are guarded as KIP-890 does it: without that, a commit that comes late
   * can hit the transaction after it.
   *
   * @throws IllegalStateException if they are not, or no broker answers
   */
  static void check(Admin admin) throws InterruptedException {
    try {
      FinalizedVersionRange version =
          admin
              .describeFeatures()
              .featureMetadata()
              .get()
              .finalizedFeatures()
              .get(TRANSACTION_VERSION);
      if (version == null || version.maxVersionLevel() < 2) {
        throw new IllegalStateException(
            "the brokers have "
                + TRANSACTION_VERSION
                + " "
                + (version == null ? 0 : version.maxVersionLevel())
                + ", needed is 2: upgrade the feature with kafka-features.sh");
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the brokers do not answer: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
