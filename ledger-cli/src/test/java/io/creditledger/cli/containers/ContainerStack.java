package io.creditledger.cli.containers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.stripe.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;

/** The services of compose.yaml in containers on a network of their own. */
final class ContainerStack implements AutoCloseable {

  private static final Path DOCKER = Path.of("..", "docker");
  private static final int REST_PORT = 8400;
  private static final int OPERATORS_PORT = 8402;
  private static final int STRIPE_PORT = 12111;
  private static final int STOP_SECONDS_MAX = 60;
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private final DockerClient docker = DockerClientFactory.lazyClient();
  private final Network network = Network.newNetwork();
  private final ComposeFile compose;
  private final GenericContainer<?> kafka;
  private final GenericContainer<?> postgres;
  private final GenericContainer<?> stripe;
  private final GenericContainer<?> stripeSync;
  private GenericContainer<?> ledger;

  private ContainerStack(ComposeFile compose) {
    this.compose = compose;
    this.kafka = compose.service("kafka").container(network);
    this.postgres = compose.service("postgres").container(network);
    this.stripe = compose.service("stripe-simulator").container(network, STRIPE_PORT);
    this.stripeSync = compose.service("stripe-sync").container(network, OPERATORS_PORT);
    this.ledger = newLedger();
  }

  /** Starts all of it, or aborts the test, saying what is missing. */
  static ContainerStack start() throws IOException {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      abort("no Docker engine answers; start one, or run docker/prepare.sh, which can");
    }
    ComposeFile compose = ComposeFile.in(DOCKER);
    for (String image : compose.images()) {
      requireImage(image);
    }
    ContainerStack stack = new ContainerStack(compose);
    try {
      Startables.deepStart(stack.kafka, stack.postgres, stack.stripe).join();
      Startables.deepStart(stack.ledger, stack.stripeSync).join();
      return stack;
    } catch (RuntimeException failed) {
      stack.close();
      throw failed;
    }
  }

  private static void requireImage(String image) {
    try {
      DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
    } catch (NotFoundException missing) {
      abort("the engine does not have the image " + image + "; run docker/prepare.sh");
    }
  }

  private GenericContainer<?> newLedger() {
    return compose.service("ledger").container(network, REST_PORT);
  }

  /** A client of the ledger where it can be reached now: the port changes with each start. */
  LedgerClient client() {
    return client(ledger, REST_PORT, Optional.empty());
  }

  /** A client of stripe-sync as its operators reach it. */
  LedgerClient operators() {
    return client(stripeSync, OPERATORS_PORT, Optional.empty());
  }

  /** A client of what stands for Stripe. */
  LedgerClient stripe() {
    return client(stripe, STRIPE_PORT, Optional.of(SimulatorSettings.TEST_KEY));
  }

  private static LedgerClient client(
      GenericContainer<?> container, int port, Optional<String> apiKey) {
    String reached =
        container
            .getCurrentContainerInfo()
            .getNetworkSettings()
            .getPorts()
            .getBindings()
            .get(ExposedPort.tcp(port))[0]
            .getHostPortSpec();
    return new LedgerClient(URI.create("http://" + container.getHost() + ":" + reached), apiKey);
  }

  /** Tells the ledger to stop, lets it finish, and starts the same container again. */
  void restartLedger() {
    docker.restartContainerCmd(ledger.getContainerId()).withTimeout(STOP_SECONDS_MAX).exec();
    awaitLedger();
  }

  /** Kills the ledger without a warning and starts the same container again. */
  void killLedger() {
    docker.killContainerCmd(ledger.getContainerId()).exec();
    docker.startContainerCmd(ledger.getContainerId()).exec();
    awaitLedger();
  }

  /** Removes the ledger and all that it keeps, and starts another. */
  void replaceLedger() {
    ledger.stop();
    ledger = newLedger();
    ledger.start();
  }

  private void awaitLedger() {
    await().atMost(READY_LIMIT).until(ledger::isHealthy);
  }

  /** The ledger's container. */
  GenericContainer<?> ledger() {
    return ledger;
  }

  /** Every container of it. */
  List<GenericContainer<?>> containers() {
    return List.of(kafka, postgres, stripe, stripeSync, ledger);
  }

  @Override
  public void close() {
    containers().reversed().forEach(GenericContainer::stop);
    network.close();
  }
}
