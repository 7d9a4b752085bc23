package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.cli.stack.StackSettings;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.LedgerEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class UpOptionsTest {

  /** Carries the options as the command does. */
  @CommandLine.Command
  static final class Carrier {
    @Mixin private UpOptions options;
  }

  @Test
  void without_flags_everything_is_embedded() {
    // when
    StackSettings settings = settings(Map.of());

    // then
    assertThat(settings.directory()).isEqualTo(Path.of(".ledger"));
    assertThat(settings.kafka()).isEqualTo(new StackSettings.Kafka.Embedded(0, 9092));
    assertThat(settings.postgres()).isEqualTo(new StackSettings.Postgres.Embedded());
    assertThat(config(settings).port()).isEqualTo(8400);
  }

  @Test
  void who_is_told_of_alerts_stands_in_a_file_and_the_secrets_in_the_environment(
      @TempDir Path directory) throws IOException {
    // given
    Path file = directory.resolve("webhooks.yaml");
    Files.writeString(
        file, "endpoints: [{name: billing, url: https://example.com/, secret_env: HOOKS}]");
    Map<String, String> environment = Map.of("HOOKS", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    // when
    StackSettings settings = settings(environment, "--webhooks", file.toString());

    // then
    assertThat(config(settings).webhooks().endpoint("billing")).isPresent();
    assertThatThrownBy(() -> settings(Map.of(), "--webhooks", file.toString()))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining(file + ":1: endpoints[0].secret_env:")
        .hasMessageContaining("HOOKS, which is not set");
    assertThatThrownBy(
            () -> settings(environment, "--webhooks", file.toString(), "--kafka", "b1:9092"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("--webhooks needs a PostgreSQL");
  }

  @Test
  void on_other_brokers_nothing_is_embedded() {
    // when
    StackSettings settings =
        settings(
            Map.of(),
            "--kafka",
            "b1:9092,b2:9092",
            "--partitions",
            "12",
            "--threads",
            "2",
            "--instance-id",
            "ledger-7",
            "--replication",
            "3",
            "--port",
            "0");

    // then
    assertThat(settings.kafka()).isEqualTo(new StackSettings.Kafka.External("b1:9092,b2:9092"));
    assertThat(settings.postgres()).isEqualTo(new StackSettings.Postgres.None());
    LedgerConfig config = config(settings);
    assertThat(config.partitions()).isEqualTo(12);
    assertThat(config.threads()).isEqualTo(2);
    assertThat(config.instanceId()).isEqualTo("ledger-7");
    assertThat(config.replication()).isEqualTo((short) 3);
    assertThat(config.port()).isZero();
  }

  @Test
  void properties_of_kafka_come_from_flags_and_secrets_from_the_environment() {
    // when
    StackSettings settings =
        settings(
            Map.of(
                "LEDGER_KAFKA_PROPERTY_SASL_JAAS_CONFIG", "secret",
                "LEDGER_KAFKA_PROPERTY_SECURITY_PROTOCOL", "PLAINTEXT",
                "OTHER", "x"),
            "--kafka-property",
            "security.protocol=SASL_SSL",
            "--kafka-property",
            "sasl.mechanism=PLAIN");

    // then
    assertThat(config(settings).kafkaProperties())
        .containsOnly(
            Map.entry("sasl.jaas.config", "secret"),
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry("sasl.mechanism", "PLAIN"));
  }

  @Test
  void a_flag_means_what_its_variable_means_to_the_service_alone() {
    // given
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("--kafka", "b1:9092");
    flags.put("--data", "data");
    flags.put("--host", "0.0.0.0");
    flags.put("--port", "8401");
    flags.put("--advertised", "ledger:8401");
    flags.put("--application-id", "other-ledger");
    flags.put("--instance-id", "ledger-2");
    flags.put("--topic-prefix", "test.");
    flags.put("--partitions", "12");
    flags.put("--replication", "3");
    flags.put("--threads", "2");
    flags.put("--standbys", "1");
    Map<String, String> variables = new HashMap<>();
    flags.forEach((flag, value) -> variables.put(variable(flag), value));

    // when
    LedgerConfig alone = LedgerEnvironment.config(variables);

    // then
    String[] arguments =
        flags.entrySet().stream()
            .flatMap(flag -> Stream.of(flag.getKey(), flag.getValue()))
            .toArray(String[]::new);
    assertThat(settings(Map.of(), arguments).service().on("b1:9092", Path.of("data", "streams")))
        .usingRecursiveComparison()
        .ignoringFields("postgres")
        .isEqualTo(alone);
  }

  @Test
  void what_is_not_set_is_the_same_with_and_without_the_command_line() {
    // when
    LedgerConfig up =
        settings(Map.of(), "--kafka", "b1:9092")
            .service()
            .on("b1:9092", Path.of(".ledger/streams"));

    // then
    assertThat(up)
        .usingRecursiveComparison()
        .ignoringFields("postgres")
        .isEqualTo(LedgerEnvironment.config(Map.of("LEDGER_KAFKA", "b1:9092")));
  }

  /** The variable that an option falls back to. */
  private static String variable(String flag) {
    String fallback =
        Stream.of(UpOptions.class.getDeclaredFields())
            .flatMap(field -> Stream.of(field.getAnnotationsByType(Option.class)))
            .filter(option -> List.of(option.names()).contains(flag))
            .map(Option::defaultValue)
            .findAny()
            .orElseThrow();
    assertThat(fallback).startsWith("${env:LEDGER_");
    return fallback.substring("${env:".length(), fallback.indexOf(":-"));
  }

  private static StackSettings settings(Map<String, String> environment, String... arguments) {
    Carrier carrier = new Carrier();
    new CommandLine(carrier).parseArgs(arguments);
    return carrier.options.settings(environment);
  }

  private static LedgerConfig config(StackSettings settings) {
    return settings.service().on("broker:9092", Path.of("state"));
  }
}
