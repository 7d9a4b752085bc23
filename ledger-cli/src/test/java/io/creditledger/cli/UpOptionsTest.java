package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.cli.stack.StackSettings;
import io.creditledger.streams.LedgerConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

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

  private static StackSettings settings(Map<String, String> environment, String... arguments) {
    Carrier carrier = new Carrier();
    new CommandLine(carrier).parseArgs(arguments);
    return carrier.options.settings(environment);
  }

  private static LedgerConfig config(StackSettings settings) {
    return settings.service().on("broker:9092", Path.of("state"));
  }
}
