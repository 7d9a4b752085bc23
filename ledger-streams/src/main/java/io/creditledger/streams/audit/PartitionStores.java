package io.creditledger.streams.audit;

import io.creditledger.core.replay.PartitionDigest;

/**
 * How the service's stores of one partition compare with the replay.
 *
 * @param equal customers whose account and grants are those of the replay
 * @param service of what the service has
 * @param replay of what the replay comes to
 */
public record PartitionStores(
    int partition, Moment moment, long equal, PartitionDigest service, PartitionDigest replay) {

  /** As of when both are. */
  public enum Moment {
    /** All customers where the replay stood. */
    AT_THE_FENCE("at the fence"),
    /** Each customer at the entry that its state in the service was of. */
    AT_EACH_ENTRY("each at the entry its store was at");

    private final String words;

    Moment(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Whether both digests are the same. */
  public boolean agree() {
    return service.equals(replay);
  }
}
