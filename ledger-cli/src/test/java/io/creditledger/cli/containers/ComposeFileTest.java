package io.creditledger.cli.containers;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What compose.yaml says, where no engine is needed to see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeFileTest {

  private static final Path DOCKER = Path.of("..", "docker");

  private static final Map<String, String> SECRETS =
      Map.of("POSTGRES_PASSWORD", "p", "STRIPE_WEBHOOK_SECRETS", "w");

  private String text;

  @BeforeAll
  void read() throws IOException {
    text = Files.readString(DOCKER.resolve("compose.yaml"));
  }

  @Test
  void nothing_starts_with_a_secret_that_everybody_knows() {
    SECRETS
        .keySet()
        .forEach(
            name ->
                assertThatThrownBy(() -> ComposeFile.read(DOCKER, text, without(name)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(name + " is not set"));
  }

  @Test
  void every_port_is_published_to_this_machine_only() {
    assertThat(ComposeFile.read(DOCKER, text, SECRETS).services())
        .allSatisfy(
            service ->
                assertThat(service.list("ports"))
                    .as(service.name())
                    .allMatch(port -> port.startsWith("127.0.0.1:")));
  }

  @Test
  void every_service_runs_without_capabilities_and_is_given_time_to_stop() {
    assertThat(ComposeFile.read(DOCKER, text, SECRETS).services())
        .hasSize(5)
        .allSatisfy(
            service -> {
              assertThat(service.list("cap_drop")).as(service.name()).containsExactly("ALL");
              assertThat(service.list("security_opt"))
                  .as(service.name())
                  .containsExactly("no-new-privileges:true");
              assertThat(service.settings().get("stop_grace_period"))
                  .as(service.name())
                  .isEqualTo("1m");
            });
  }

  @Test
  void images_are_the_official_ones_unless_a_variable_names_others() {
    // when
    List<String> usual = ComposeFile.read(DOCKER, text, SECRETS).images();
    List<String> chosen =
        ComposeFile.read(
                DOCKER,
                text,
                Map.of(
                    "POSTGRES_PASSWORD", "p",
                    "STRIPE_WEBHOOK_SECRETS", "w",
                    "KAFKA_IMAGE", "local/kafka",
                    "POSTGRES_IMAGE", "local/postgres",
                    "LEDGER_IMAGE", "local/ledger",
                    "STRIPE_SYNC_IMAGE", "local/stripe-sync"))
            .images();

    // then
    assertThat(usual)
        .satisfiesExactly(
            kafka -> assertThat(kafka).startsWith("apache/kafka:"),
            ledger -> assertThat(ledger).isEqualTo("credit-ledger/ledger"),
            sync -> assertThat(sync).isEqualTo("credit-ledger/stripe-sync"),
            postgres -> assertThat(postgres).startsWith("postgres:"));
    assertThat(chosen)
        .containsExactly("local/kafka", "local/ledger", "local/postgres", "local/stripe-sync");
  }

  private static Map<String, String> without(String name) {
    return SECRETS.entrySet().stream()
        .filter(secret -> !secret.getKey().equals(name))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
