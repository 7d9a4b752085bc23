package io.creditledger.cli.containers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.Slf4jLogConsumer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * One service of compose.yaml, and a container that is as it says.
 *
 * @param directory to which the file's paths are relative
 */
record ComposeService(String name, Map<?, ?> settings, Path directory) {

  private static final Logger LOG = LoggerFactory.getLogger(ComposeService.class);

  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  String image() {
    return (String) settings.get("image");
  }

  /**
   * A container of it, not yet started, that counts as started once its health check succeeds. What
   * it keeps lies in volumes of its own, which go with it; files of ours are bound as in the file.
   *
   * @param ports which of its ports can be reached from here
   */
  GenericContainer<?> container(Network network, Integer... ports) {
    GenericContainer<?> container = new GenericContainer<>(image());
    for (String volume : list("volumes")) {
      String[] parts = volume.split(":", 3);
      if (parts[0].startsWith(".")) {
        String file = directory.resolve(parts[0]).toAbsolutePath().normalize().toString();
        container.withFileSystemBind(file, parts[1], BindMode.READ_ONLY);
      }
    }
    return container
        .withNetwork(network)
        .withNetworkAliases(name)
        .withEnv(environment())
        .withTmpFs(tmpfs())
        .withExposedPorts(ports)
        .withCreateContainerCmdModifier(this::apply)
        .withLogConsumer(new Slf4jLogConsumer(LOG).withPrefix(name))
        .waitingFor(Wait.forHealthcheck().withStartupTimeout(START_LIMIT));
  }

  private void apply(CreateContainerCmd container) {
    text("user").ifPresent(container::withUser);
    if (settings.containsKey("command")) {
      container.withCmd(list("command"));
    }
    if (settings.get("healthcheck") instanceof Map<?, ?> check) {
      container.withHealthcheck(health(new ComposeService(name, check, directory)));
    }
    HostConfig host = Optional.ofNullable(container.getHostConfig()).orElseThrow();
    host.withReadonlyRootfs(Boolean.TRUE.equals(settings.get("read_only")))
        .withCapDrop(list("cap_drop").stream().map(Capability::valueOf).toArray(Capability[]::new))
        .withSecurityOpts(list("security_opt"));
  }

  private static HealthCheck health(ComposeService check) {
    return new HealthCheck()
        .withTest(check.list("test"))
        .withInterval(check.nanoseconds("interval"))
        .withTimeout(check.nanoseconds("timeout"))
        .withStartPeriod(check.nanoseconds("start_period"))
        .withRetries((Integer) check.settings.get("retries"));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    if (settings.get("environment") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> environment.put((String) name, (String) value));
    }
    return environment;
  }

  private Map<String, String> tmpfs() {
    Map<String, String> mounts = new HashMap<>();
    for (String mount : list("tmpfs")) {
      String[] parts = mount.split(":", 2);
      mounts.put(parts[0], parts.length == 2 ? parts[1] : "rw");
    }
    return mounts;
  }

  private Optional<String> text(String field) {
    return Optional.ofNullable((String) settings.get(field));
  }

  /** The field's texts; none if it is not there. */
  List<String> list(String field) {
    return settings.get(field) instanceof List<?> values
        ? values.stream().map(String.class::cast).toList()
        : List.of();
  }

  private long nanoseconds(String field) {
    return Duration.parse("PT" + text(field).orElseThrow().toUpperCase(Locale.ROOT)).toNanos();
  }
}
