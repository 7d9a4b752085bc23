package io.creditledger.cli.embedded;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A controller and a broker that share one process, as {@link KafkaRaftServer} has them, but with
 * the broker started only once the controller knows that the one of before is gone.
 *
 * <p>After a kill the controller takes the dead broker for the leader of its partitions until its
 * session runs out. A broker started in that time goes on with the transactions that were being
 * committed, sees its partitions lose their leader while it does, and then takes them for deleted:
 * the transaction ends without its markers, and whoever reads or takes over those partitions waits
 * for it for ever (<a href="https://issues.apache.org/jira/browse/KAFKA-20734">KAFKA-20734</a>,
 * there in 4.3.1). It could not have joined earlier anyway: the controller turns a broker away
 * while it believes in another of the same number.
 */
final class KafkaNode {

  private final KafkaConfig config;
  private final SharedServer shared;
  private final ControllerServer controller;
  private final BrokerServer broker;

  /** Reads the directories' identity; nothing runs yet. */
  KafkaNode(KafkaConfig config) {
    this.config = config;
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directories =
        KafkaRaftServer.initializeLogDirs(
            config, LoggerFactory.getLogger(KafkaNode.class), "[Kafka] ");
    MetaPropertiesEnsemble properties = directories._1();
    QuorumConfig quorum = config.quorumConfig();
    Metrics metrics =
        Server$.MODULE$.initializeMetrics(
            config, Time.SYSTEM, properties.clusterId().orElseThrow());
    shared =
        new SharedServer(
            config,
            properties,
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    broker = new BrokerServer(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
  }

  /** Returns once the broker serves clients, or throws what kept it from that. */
  void start() throws InterruptedException, ExecutionException {
    controller.startup();
    awaitEndOfTheOneBefore();
    broker.startup();
  }

  /** Stops what runs of it, and returns once it has. A second call is idle. */
  void stop() {
    broker.shutdown();
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  private void awaitEndOfTheOneBefore() throws InterruptedException, ExecutionException {
    BrokerGone gone = new BrokerGone(config.nodeId());
    shared.loader().installPublishers(List.of(gone)).get();
    // The session of the dead one began anew when the controller came up.
    long limit = 10L * config.brokerSessionTimeoutMs();
    try {
      gone.future.get(limit, TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillThere) {
      throw new EmbeddedServerException(
          ("Kafka's controller still takes the broker of before for alive after %,d ms: see whether the"
                  + " machine is overloaded, and start it again")
              .formatted(limit),
          stillThere);
    }
    shared.loader().removeAndClosePublisher(gone).get();
  }

  /** Is done once the cluster has no broker of that number, or one that the controller shut out. */
  private static final class BrokerGone implements MetadataPublisher {

    private final CompletableFuture<Void> future = new CompletableFuture<>();
    private final int id;

    BrokerGone(int id) {
      this.id = id;
    }

    @Override
    public String name() {
      return "BrokerGone";
    }

    @Override
    public void onMetadataUpdate(
        MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
      BrokerRegistration registered = image.cluster().broker(id);
      if (registered == null || registered.fenced()) {
        future.complete(null);
      }
    }

    @Override
    public void close() {}
  }
}
