package io.creditledger.streams.audit;

import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.checkpoint.CheckpointException;
import io.creditledger.streams.checkpoint.PublicKeyFile;
import io.creditledger.streams.checkpoint.SignedCheckpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Finds where each partition's audit begins. */
final class Starts {

  private final CheckpointTopic checkpoints;
  private final Topics topics;
  private final Since since;

  Starts(CheckpointTopic checkpoints, Topics topics, Since since) {
    this.checkpoints = checkpoints;
    this.topics = topics;
    this.since = since;
  }

  /**
   * The checkpoint to begin a partition from; absent: the beginning.
   *
   * @throws AuditException if one is needed and there is none
   * @throws CheckpointException if it is not signed with the operator's key
   */
  Optional<SignedCheckpoint> of(int partition, Fence fence) {
    if (begin(Topics.ENTRIES, partition, fence) > 0) {
      throw new AuditException(
          topics.name(Topics.ENTRIES)
              + "-"
              + partition
              + " has lost its first records: the journal must be kept for ever, and nothing can be"
              + " proved without it");
    }
    boolean lost = lost(partition, fence);
    if (!lost && since.notAfter().isEmpty()) {
      return Optional.empty();
    }
    PublicKeyFile key =
        since
            .key()
            .orElseThrow(
                () ->
                    new AuditException(
                        "partition "
                            + partition
                            + (lost
                                ? " must begin from a checkpoint, for old inputs were lost to"
                                    + " retention"
                                : " is to begin from a checkpoint")
                            + ": name the key it is to be signed with, with --public-key"));
    Instant notAfter = since.notAfter().orElse(Instant.MAX);
    List<SignedCheckpoint> fit =
        checkpoints.of(partition).stream()
            .filter(one -> !one.checkpoint().madeAt().isAfter(notAfter))
            .filter(one -> covers(one, partition, fence))
            .toList();
    if (fit.isEmpty()) {
      throw new AuditException(
          "partition "
              + partition
              + " has no checkpoint"
              + since.notAfter().map(at -> " of " + at + " or before").orElse("")
              + (lost ? " that reaches to where its inputs begin now" : "")
              + ": make one with ./ledger audit --sign");
    }
    fit.getLast().verify(key);
    return Optional.of(fit.getLast());
  }

  private boolean lost(int partition, Fence fence) {
    return Fence.TOPICS.stream().anyMatch(topic -> begin(topic, partition, fence) > 0);
  }

  private boolean covers(SignedCheckpoint signed, int partition, Fence fence) {
    return signed.checkpoint().partition() == partition
        && signed.checkpoint().partitions() == fence.partitions()
        && Fence.TOPICS.stream()
            .allMatch(
                topic ->
                    topic.equals(Topics.ENTRIES)
                        || signed.checkpoint().offset(topic) >= begin(topic, partition, fence));
  }

  private long begin(Topic topic, int partition, Fence fence) {
    return fence.begins().getOrDefault(new TopicPartition(topics.name(topic), partition), 0L);
  }
}
