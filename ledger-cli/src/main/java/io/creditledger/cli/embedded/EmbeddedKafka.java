package io.creditledger.cli.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.TransactionVersion;

/**
 * One Kafka node, broker and controller, inside this JVM.
 *
 * <p>The directory is formatted on the first start and used again on every later one; what was
 * acknowledged before a stop or a {@code kill -9} is there afterwards. Like any Kafka it leaves
 * flushing to the operating system, so a power cut may cost the last records. Topics are never
 * created on first use. Transactions run as version 2, whose epoch moves with each transaction; a
 * directory that would run them otherwise is refused.
 *
 * <p>It registers no shutdown hook: who starts it closes it, after its clients.
 */
public final class EmbeddedKafka implements AutoCloseable {

  /** Stands for any port that is free at the start; it may differ from start to start. */
  public static final int FREE_PORT = Loopback.FREE_PORT;

  private static final int NODE_ID = 1;
  private static final String CONTROLLER = "CONTROLLER";
  private static final String BROKER = "BROKER";

  private static final Map<String, String> ONE_NODE =
      Map.of(
          "process.roles", "broker,controller",
          "node.id", Integer.toString(NODE_ID),
          "listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
          "inter.broker.listener.name", BROKER,
          "controller.listener.names", CONTROLLER,
          "auto.create.topics.enable", "false",
          "offsets.topic.replication.factor", "1",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "share.coordinator.state.topic.replication.factor", "1");

  private static final Map<String, String> QUICK_ON_ONE_NODE =
      Map.of(
          // A lone consumer or a Streams instance need not wait for others to join.
          "group.initial.rebalance.delay.ms", "0",
          // Each partition is files to open on every start.
          "offsets.topic.num.partitions", "4",
          "transaction.state.log.num.partitions", "4",
          "share.coordinator.state.topic.num.partitions", "1",
          "share.coordinator.state.topic.min.isr", "1",
          // After a kill the controller takes the dead broker for alive this long, and the new one
          // has to wait: the default would be 9 seconds.
          "broker.session.timeout.ms", "3000",
          "broker.heartbeat.interval.ms", "500");

  private final DirectoryLock lock;
  private final KafkaNode node;
  private final String bootstrapServers;

  private EmbeddedKafka(DirectoryLock lock, KafkaNode node, String bootstrapServers) {
    this.lock = lock;
    this.node = node;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts on any free port; see {@link #start(Path, int)}. */
  public static EmbeddedKafka start(Path directory) {
    return start(directory, FREE_PORT);
  }

  /**
   * Starts a node that keeps its data in the directory, and returns once it serves clients.
   *
   * @param directory made if it is missing; one node at a time may use it
   * @param port the loopback port clients connect to, or {@link #FREE_PORT}
   * @throws EmbeddedServerException if the port is taken, the directory is in use or cannot be
   *     written, or the node does not come up
   */
  public static EmbeddedKafka start(Path directory, int port) {
    Path home = DirectoryLock.made(directory);
    int brokerPort = Loopback.claim(port, "Kafka");
    int controllerPort = Loopback.claimBeside(brokerPort, "Kafka's controller");
    try {
      DirectoryLock lock = DirectoryLock.take(home, "Kafka");
      try {
        format(home);
        Properties settings = settings(home, brokerPort, controllerPort);
        KafkaNode node = new KafkaNode(KafkaConfig.fromProps(settings, false));
        return started(new EmbeddedKafka(lock, node, Loopback.ADDRESS + ":" + brokerPort));
      } catch (Exception failed) {
        lock.close();
        throw failed;
      }
    } catch (EmbeddedServerException refused) {
      throw refused;
    } catch (Exception broken) {
      throw new EmbeddedServerException(
          "Kafka did not start in %s: %s".formatted(home, broken.getMessage()), broken);
    }
  }

  /** Where clients connect, as {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the node and returns once its directory is free for the next. A second call is idle. */
  @Override
  public void close() {
    node.stop();
    try {
      lock.close();
    } catch (IOException unreleased) {
      throw new EmbeddedServerException("Kafka's directory stays locked", unreleased);
    }
  }

  private static EmbeddedKafka started(EmbeddedKafka kafka) throws Exception {
    try {
      kafka.node.start();
      requireTransactionVersion2(kafka.bootstrapServers);
      return kafka;
    } catch (Exception failed) {
      kafka.close();
      throw failed;
    }
  }

  /** Gives an empty directory its identity; one that has it is left as it is. */
  private static void format(Path home) throws Exception {
    // Written last by the formatter: a first start that was cut short is formatted again.
    if (Files.exists(home.resolve("meta.properties"))) {
      return;
    }
    try (PrintStream unheard =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(unheard)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE_ID)
          .setControllerListenerName(CONTROLLER)
          .setDirectories(List.of(home.toString()))
          .setMetadataLogDirectory(home.toString())
          .run();
    }
  }

  private static Properties settings(Path home, int brokerPort, int controllerPort) {
    String broker = Loopback.ADDRESS + ":" + brokerPort;
    String controller = Loopback.ADDRESS + ":" + controllerPort;
    Properties settings = new Properties();
    settings.putAll(ONE_NODE);
    settings.putAll(QUICK_ON_ONE_NODE);
    settings.putAll(
        Map.of(
            "log.dirs", home.toString(),
            "listeners", BROKER + "://" + broker + "," + CONTROLLER + "://" + controller,
            "advertised.listeners", BROKER + "://" + broker,
            // Voters stand here and not in the log, so the port may change from start to start.
            "controller.quorum.voters", NODE_ID + "@" + controller));
    return settings;
  }

  private static void requireTransactionVersion2(String bootstrapServers) {
    short wanted = TransactionVersion.TV_2.featureLevel();
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      FinalizedVersionRange version =
          admin
              .describeFeatures()
              .featureMetadata()
              .get()
              .finalizedFeatures()
              .get(TransactionVersion.FEATURE_NAME);
      if (version == null || version.maxVersionLevel() < wanted) {
        throw new EmbeddedServerException(
            "Kafka at %s runs %s %s, and %d is needed"
                .formatted(bootstrapServers, TransactionVersion.FEATURE_NAME, version, wanted));
      }
    } catch (ExecutionException unanswered) {
      throw new EmbeddedServerException(
          "Kafka at %s did not tell its features".formatted(bootstrapServers),
          unanswered.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while Kafka started", interrupted);
    }
  }
}
