package io.creditledger.streams.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.yaml.YamlException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookFileTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("BILLING_SECRET", Receiver.SECRET, "BAD_SECRET", "whsec_hush", "EMPTY_SECRET", "  ");

  @Test
  void an_endpoint_needs_a_name_an_address_and_a_secret() {
    WebhookSettings settings =
        parse(
            """
            endpoints:
              - name: billing
                url: https://billing.example.com/hooks?token=hush
                secret_env: BILLING_SECRET
            """);

    WebhookEndpoint endpoint = settings.endpoint("billing").orElseThrow();
    assertThat(endpoint.url()).hasToString("https://billing.example.com/hooks?…");
    assertThat(endpoint.types()).containsExactlyInAnyOrderElementsOf(WebhookType.OF_ALERTS);
    assertThat(endpoint.retry()).isEqualTo(RetryPlan.DEFAULT);
    assertThat(settings.keepDelivered()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.toString()).doesNotContain("hush", Receiver.SECRET);
  }

  @Test
  void everything_can_be_set() {
    WebhookSettings settings =
        parse(
            """
            endpoints:
              - name: ops
                url: http://ops.internal:8080/
                allow_http: true
                secret_env: BILLING_SECRET
                types: [balance.low, top_up.requested]
                timeout: PT3S
                parallel: 2
                retry: {first: PT1S, most: PT1M, give_up_after: PT6H}
            keep_delivered: P7D
            schema: other_webhooks
            """);

    WebhookEndpoint endpoint = settings.endpoint("ops").orElseThrow();
    assertThat(endpoint.types())
        .containsExactlyInAnyOrder(WebhookType.BALANCE_LOW, WebhookType.TOP_UP_REQUESTED);
    assertThat(endpoint.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(endpoint.parallel()).isEqualTo(2);
    assertThat(endpoint.retry().backoff().most()).isEqualTo(Duration.ofMinutes(1));
    assertThat(endpoint.retry().giveUpAfter()).isEqualTo(Duration.ofHours(6));
    assertThat(settings.keepDelivered()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.schema()).isEqualTo("other_webhooks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: Billing            | 2 | name is not 1 to 64 of a-z",
        "url: http://example.com/ | 3 | is not https",
        "url: ftp://example.com/  | 3 | is not an address such as",
        "url: example.com/hooks   | 3 | is not an address such as",
        "url: 'https://a b/'      | 3 | is not an address",
        "url: https://u:p@host/   | 3 | holds credentials",
        "secret_env: NO_SECRET    | 4 | names the environment variable NO_SECRET, which is not set",
        "secret_env: EMPTY_SECRET | 4 | names the environment variable EMPTY_SECRET",
        "secret_env: BAD_SECRET   | 4 | names BAD_SECRET, which holds a secret that is not whsec_",
        "types: [balance.high]    | 5 | \"balance.high\" is not one of balance.low",
        "types: []                | 5 | names no type",
        "timeout: PT1H            | 2 | timeout is not from",
        "parallel: 0              | 2 | parallel is not from 1",
        "retry: {first: PT2H}     | 5 | backoff is not in 0 < first <= most",
        "secret: whsec_hush       | 5 | is not a known field",
      })
  void a_mistake_is_told_with_its_line_and_without_a_secret(
      String field, int line, String message) {
    String name = field.substring(0, field.indexOf(':'));
    String text =
        """
        endpoints:
          - name: billing
            url: https://billing.example.com/
            secret_env: BILLING_SECRET
            # other
        """;
    String wrong =
        text.contains(" " + name + ":")
            ? text.replaceAll("(?m) " + name + ":.*$", " " + field)
            : text.replace("# other", field);

    assertThatThrownBy(() -> parse(wrong))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("hooks.yaml:" + line + ":")
        .hasMessageContaining(message)
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/",
        "http://127.0.0.1/",
        "http://127.1.2.3/",
        "http://[::1]/"
      })
  void this_machine_may_be_told_in_the_clear(String url) {
    assertThat(
            parse(
                    """
                    endpoints:
                      - {name: here, url: "%s", secret_env: BILLING_SECRET}
                    """
                        .formatted(url))
                .endpoints())
        .hasSize(1);
  }

  @Test
  void two_endpoints_of_one_name_are_refused() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    endpoints:
                      - {name: here, url: "http://localhost/", secret_env: BILLING_SECRET}
                      - {name: here, url: "http://localhost/2", secret_env: BILLING_SECRET}
                    """))
        .hasMessageContaining("two endpoints have the name here");
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    assertThatThrownBy(() -> WebhookFile.read(Path.of("nowhere.yaml"), ENVIRONMENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere.yaml");
  }

  private static WebhookSettings parse(String text) {
    return WebhookFile.parse("hooks.yaml", text, ENVIRONMENT);
  }
}
