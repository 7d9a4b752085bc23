package io.creditledger.cli.embedded;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Lets a broker take records of any time: for scenarios and stories, which play in another. */
public final class PlayTime {

  /**
   * A broker takes no record from the future, and begins a new file when records' times have moved
   * on by a week. Scenarios play years in minutes, so both must rest.
   */
  private static final Map<String, String> ANY_TIME =
      Map.of(
          "log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
          "log.roll.ms", Long.toString(Long.MAX_VALUE));

  private PlayTime() {}

  /**
   * Has all brokers of a cluster take records of any time from now on.
   *
   * @throws IllegalStateException if they do not
   */
  public static void allow(String bootstrapServers) throws InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      List<AlterConfigOp> changes =
          ANY_TIME.entrySet().stream()
              .map(
                  one ->
                      new AlterConfigOp(
                          new ConfigEntry(one.getKey(), one.getValue()), AlterConfigOp.OpType.SET))
              .toList();
      ConfigResource everyBroker = new ConfigResource(ConfigResource.Type.BROKER, "");
      admin.incrementalAlterConfigs(Map.of(everyBroker, changes)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker keeps its time limits", e.getCause());
    }
  }
}
