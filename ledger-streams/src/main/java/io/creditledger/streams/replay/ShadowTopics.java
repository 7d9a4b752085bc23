package io.creditledger.streams.replay;

import io.creditledger.relay.NewTopics;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.ShadowTopology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The topics of a replay: made where none are, and removed on request. */
final class ShadowTopics {

  private final Admin admin;
  private final Topics topics;
  private final String prefix;

  ShadowTopics(Admin admin, String prefix) {
    this.admin = admin;
    this.topics = Topics.prefixed(prefix);
    this.prefix = prefix;
  }

  /**
   * Makes them, with as many partitions and copies as the ledger's.
   *
   * @param journal the ledger's own
   * @return how many copies that is
   * @throws ReplayException if there is anything under the prefix already
   */
  short create(String journal, int partitions) throws InterruptedException {
    try {
      refuseLeftovers();
      TopicDescription live =
          admin.describeTopics(List.of(journal)).allTopicNames().get().get(journal);
      short replication = (short) live.partitions().getFirst().replicas().size();
      List<NewTopic> made = new ArrayList<>();
      for (Topic topic : ShadowTopology.TOPICS) {
        int count =
            switch (topic.partitioned()) {
              case BY_CUSTOMER -> partitions;
              case SINGLE -> 1;
            };
        made.add(
            new NewTopic(topics.name(topic), count, replication)
                .configs(new HashMap<>(topic.settings())));
      }
      admin.createTopics(made).all().get();
      NewTopics.awaitServed(admin, made);
      return replication;
    } catch (ExecutionException e) {
      throw failed("the replay's topics cannot be made", e);
    }
  }

  private void refuseLeftovers() throws InterruptedException, ExecutionException {
    Set<String> found = new TreeSet<>();
    for (String name : admin.listTopics().names().get()) {
      if (name.startsWith(prefix)) {
        found.add(name);
      }
    }
    if (!found.isEmpty()) {
      throw new ReplayException(
          "there are topics under \""
              + prefix
              + "\" already, such as "
              + found.iterator().next()
              + ": choose another prefix, or remove what an earlier replay left with"
              + " ./ledger replay --discard "
              + prefix);
    }
  }

  /**
   * Removes what a replay made, its changelogs and its group included; never a topic of a ledger.
   *
   * @param shadowId the shadow's application id
   * @return the topics removed
   * @throws ReplayException if no replay was made under the prefix
   */
  Set<String> remove(String shadowId) throws InterruptedException {
    try {
      Set<String> existing = admin.listTopics().names().get();
      if (!existing.contains(topics.name(Topics.REPLAY_FEED))) {
        throw new ReplayException(
            "no replay was made under \"" + prefix + "\": nothing is removed");
      }
      Set<String> removed = new TreeSet<>();
      for (Topic topic : ShadowTopology.TOPICS) {
        removed.add(topics.name(topic));
      }
      for (String store : ShadowTopology.STORES) {
        removed.add(changelog(shadowId, store));
      }
      removed.retainAll(existing);
      admin.deleteTopics(removed).all().get();
      removeGroup(shadowId);
      return removed;
    } catch (ExecutionException e) {
      throw failed("the replay's topics cannot be removed", e);
    }
  }

  private void removeGroup(String shadowId) throws InterruptedException, ExecutionException {
    try {
      admin.deleteConsumerGroups(List.of(shadowId)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
  }

  /** The topic that a store's changes are kept in. */
  static String changelog(String applicationId, String store) {
    return applicationId + "-" + store + "-changelog";
  }

  private static ReplayException failed(String what, ExecutionException e) {
    return new ReplayException(what + ": " + e.getCause().getMessage(), e.getCause());
  }
}
