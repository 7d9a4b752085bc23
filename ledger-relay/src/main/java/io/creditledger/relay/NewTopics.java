package io.creditledger.relay;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What has to be waited for between making a topic and writing to it. */
public final class NewTopics {

  private NewTopics() {}

  /**
   * Returns once the leader of each partition of the topics just made serves it.
   *
   * <p>A broker tells of a partition before it takes records for it. An idempotent producer that
   * comes in between may have its first batch refused and its second, sent right after, taken; the
   * first is then out of order whenever it is sent again, until its time is over and its records
   * are lost to their sender (KAFKA-15591).
   *
   * @throws ExecutionException if a partition is not served within the time that the administrator
   *     gives each call
   */
  public static void awaitServed(Admin admin, Collection<NewTopic> made)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (NewTopic topic : made) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    // Only a leader that has the partition's log can say where it ends.
    admin.listOffsets(asked).all().get();
  }
}
