package io.creditledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerEnvironmentTest {

  @Test
  void the_brokers_are_enough() {
    // when
    LedgerConfig config = LedgerEnvironment.config(Map.of("LEDGER_KAFKA", "kafka:9092"));

    // then
    assertThat(config)
        .usingRecursiveComparison()
        .ignoringFields("postgres")
        .isEqualTo(LedgerConfig.local("kafka:9092", Path.of(".ledger/streams")));
    assertThat(config.postgres()).isNotCompleted();
  }

  @Test
  void a_variable_that_is_empty_is_not_set() {
    // when
    LedgerConfig config =
        LedgerEnvironment.config(
            Map.of(
                "LEDGER_KAFKA", "kafka:9092",
                "LEDGER_PORT", "",
                "LEDGER_DATA", " ",
                "LEDGER_API_KEYS", ""));

    // then
    assertThat(config)
        .usingRecursiveComparison()
        .ignoringFields("postgres")
        .isEqualTo(LedgerConfig.local("kafka:9092", Path.of(".ledger/streams")));
    assertThat(config.postgres()).isNotCompleted();
  }

  @Test
  void without_brokers_nothing_starts() {
    assertThatThrownBy(() -> LedgerEnvironment.config(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("LEDGER_KAFKA is not set");
  }

  @Test
  void a_number_that_is_none_or_out_of_range_is_refused_by_its_name() {
    refused("LEDGER_PORT", "eight", "65535");
    refused("LEDGER_PORT", "65536", "65535");
    refused("LEDGER_PORT", "-1", "65535");
    refused("LEDGER_REPLICATION", "32768", "32767");
    refused("LEDGER_PARTITIONS", "4.0", "2147483647");
  }

  @Test
  void webhooks_need_the_database_that_keeps_what_is_still_to_be_sent() {
    // given
    Map<String, String> environment = new HashMap<>(Map.of("LEDGER_KAFKA", "kafka:9092"));
    environment.put("LEDGER_WEBHOOKS", "webhooks.yaml");

    // then
    assertThatThrownBy(() -> LedgerEnvironment.config(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("LEDGER_WEBHOOKS needs LEDGER_POSTGRES");
  }

  @Test
  void the_database_is_known_from_the_start() {
    // when
    LedgerConfig config =
        LedgerEnvironment.config(
            Map.of("LEDGER_KAFKA", "kafka:9092", "LEDGER_POSTGRES", "jdbc:postgresql://p/ledger"));

    // then
    assertThat(config.postgres()).isCompletedWithValue("jdbc:postgresql://p/ledger");
  }

  @Test
  void decisions_are_committed_as_often_as_is_set() {
    // when
    LedgerConfig config =
        LedgerEnvironment.config(
            Map.of("LEDGER_KAFKA", "kafka:9092", "LEDGER_COMMIT_INTERVAL_MS", "250"));

    // then
    assertThat(config.commitInterval()).hasMillis(250);
    refused("LEDGER_COMMIT_INTERVAL_MS", "5001", "5000");
  }

  @Test
  void no_threads_are_one_for_each_core_but_none_without_a_partition() {
    // when
    LedgerConfig usual =
        LedgerEnvironment.config(Map.of("LEDGER_KAFKA", "kafka:9092", "LEDGER_THREADS", "0"));
    LedgerConfig narrow =
        LedgerEnvironment.config(
            Map.of("LEDGER_KAFKA", "kafka:9092", "LEDGER_THREADS", "0", "LEDGER_PARTITIONS", "1"));

    // then
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(usual.threads()).isEqualTo(Math.min(cores, usual.partitions()));
    assertThat(narrow.threads()).isEqualTo(1);
  }

  private static void refused(String name, String value, String max) {
    Map<String, String> environment = new HashMap<>(Map.of("LEDGER_KAFKA", "kafka:9092"));
    environment.put(name, value);
    assertThatThrownBy(() -> LedgerEnvironment.config(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + " is not a whole number from 0 to " + max + ": " + value);
  }
}
