package io.creditledger.streams.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.entry.AlertType;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.UsageThresholdJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebhookMessageTest {

  @Test
  void an_alert_is_wrapped_as_it_is_under_its_type_and_the_time_it_was_decided() {
    byte[] alert = AlertRecords.low("cus_1", 7).value();

    WebhookMessage message = WebhookMessage.of("ledger.alerts", alert);

    assertThat(message.alert()).isEqualTo("cus_1:7:0");
    assertThat(message.customer()).isEqualTo("cus_1");
    assertThat(message.type()).isEqualTo("balance.low");
    assertThat(message.body())
        .isEqualTo(
            "{\"type\":\"balance.low\",\"timestamp\":\"2026-11-21T10:00:01Z\",\"data\":"
                + new String(alert, StandardCharsets.UTF_8)
                + "}");
  }

  @Test
  void the_id_is_the_alerts_own_whoever_makes_it_and_fit_for_a_header() {
    WebhookMessage one = message("ledger.alerts", "a.b:1 ü日", 1);

    assertThat(one.id()).matches("msg_[0-9a-f]{32}");
    assertThat(message("ledger.alerts", "a.b:1 ü日", 1).id()).isEqualTo(one.id());
    assertThat(message("ledger.alerts", "a.b:1 ü日", 2).id()).isNotEqualTo(one.id());
    assertThat(message("other.ledger.alerts", "a.b:1 ü日", 1).id()).isNotEqualTo(one.id());
  }

  @Test
  void what_is_no_alert_is_none() {
    assertThatThrownBy(() -> WebhookMessage.of("t", "{\"v\":2}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void every_kind_of_alert_has_a_type_of_its_own() {
    assertThat(WebhookType.OF_ALERTS)
        .containsAll(Stream.of(AlertType.values()).map(WebhookType::of).toList())
        .hasSize(AlertType.values().length + 1)
        .contains(WebhookType.USAGE_THRESHOLD)
        .doesNotContain(WebhookType.TEST);
    assertThat(WebhookType.OF_ALERTS)
        .extracting(WebhookType::wireName)
        .allMatch(name -> name.matches("[a-z_]+\\.[a-z_]+"))
        .doesNotHaveDuplicates();
  }

  @Test
  void what_another_system_counted_is_told_as_it_was_written() {
    // given
    Instant at = Instant.parse("2026-11-01T00:00:00Z");
    byte[] written =
        UsageThresholdJson.write(
            new UsageThresholdJson.UsageThreshold(
                "stripe:alrt_1:cus_1:1793491200",
                new CustomerId("ann"),
                "stripe",
                "alrt_1",
                Optional.of("A thousand"),
                "tokens",
                "1000",
                "1005.5",
                at,
                at.plusSeconds(2)));

    // when
    WebhookMessage message = WebhookMessage.of("ledger.alerts", written);

    // then
    assertThat(message.type()).isEqualTo("usage.threshold");
    assertThat(message.customer()).isEqualTo("ann");
    assertThat(message.body())
        .isEqualTo(
            """
            {"type":"usage.threshold","timestamp":"2026-11-01T00:00:02Z","data":{"v":1,\
            "id":"stripe:alrt_1:cus_1:1793491200","type":"usage_threshold","customer":"ann",\
            "source":"stripe","alert":"alrt_1","title":"A thousand","meter":"tokens",\
            "threshold":"1000","value":"1005.5","occurred_at":"2026-11-01T00:00:00Z",\
            "recorded_at":"2026-11-01T00:00:02Z"}}""");
  }

  private static WebhookMessage message(String topic, String customer, long sequence) {
    return WebhookMessage.of(topic, AlertRecords.low(customer, sequence).value());
  }
}
