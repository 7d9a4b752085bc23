package io.creditledger.stripe.simulator;

import static io.creditledger.stripe.simulator.SimulatedStripe.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.events.V1BillingMeterErrorReportTriggeredEventNotification;
import com.stripe.exception.StripeException;
import com.stripe.exception.TemporarySessionExpiredException;
import com.stripe.model.billing.Meter;
import com.stripe.model.v2.core.Event;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.v2.billing.MeterEventCreateParams;
import com.stripe.param.v2.billing.MeterEventStreamCreateParams;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import io.creditledger.stripe.simulator.http.Json;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeterStreamTest {

  private final SimulatedStripe stripe = new SimulatedStripe();
  private Meter meter;
  private String customer;

  @BeforeEach
  void aMeterAndACustomer() throws StripeException {
    meter = stripe.meter("tokens");
    customer = stripe.customer("Ann").getId();
  }

  @AfterEach
  void close() {
    stripe.close();
  }

  private static MeterEventStreamCreateParams.Event event(
      String name, String customer, String identifier, String value, Instant at) {
    return MeterEventStreamCreateParams.Event.builder()
        .setEventName(name)
        .setIdentifier(identifier)
        .setTimestamp(at)
        .putPayload("stripe_customer_id", customer)
        .putPayload("value", value)
        .build();
  }

  private StripeClient session() throws StripeException {
    return stripe.client(
        stripe.client.v2().billing().meterEventSession().create().getAuthenticationToken());
  }

  private static void send(StripeClient session, List<MeterEventStreamCreateParams.Event> events)
      throws StripeException {
    session
        .v2()
        .billing()
        .meterEventStream()
        .create(MeterEventStreamCreateParams.builder().addAllEvent(events).build());
  }

  private BigDecimal total() throws StripeException {
    return stripe
        .client
        .v1()
        .billing()
        .meters()
        .eventSummaries()
        .list(
            meter.getId(),
            MeterEventSummaryListParams.builder()
                .setCustomer(customer)
                .setStartTime(START.minusSeconds(86_400).getEpochSecond())
                .setEndTime(START.plusSeconds(86_400).getEpochSecond())
                .build())
        .getData()
        .stream()
        .map(summary -> summary.getAggregatedValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void aBatchCountsAndADuplicateInItDoesNot() throws StripeException {
    StripeClient session = session();

    send(
        session,
        List.of(
            event("tokens", customer, "a", "5", START),
            event("tokens", customer, "b", "6", START)));
    send(session, List.of(event("tokens", customer, "a", "5", START)));

    assertThat(total()).isEqualByComparingTo("11");
  }

  @Test
  void aBatchHasAtMostAHundredEvents() throws StripeException {
    StripeClient session = session();
    List<MeterEventStreamCreateParams.Event> events =
        IntStream.range(0, 101)
            .mapToObj(i -> event("tokens", customer, "e" + i, "1", START))
            .toList();

    assertThatThrownBy(() -> send(session, events)).hasMessageContaining("between 1 and 100");
    send(session, events.subList(0, 100));

    assertThat(total()).isEqualByComparingTo("100");
  }

  @Test
  void aSessionIsOverAfterAQuarterOfAnHour() throws StripeException {
    StripeClient session = session();
    stripe.time.set(START.plus(Duration.ofMinutes(15)));

    TemporarySessionExpiredException expired =
        catchThrowableOfType(
            TemporarySessionExpiredException.class,
            () -> send(session, List.of(event("tokens", customer, "a", "5", START))));

    assertThat(expired.getCode()).isEqualTo("billing_meter_event_session_expired");
    send(session(), List.of(event("tokens", customer, "a", "5", START)));
    assertThat(total()).isEqualByComparingTo("5");
  }

  @Test
  void aSessionCanBeScriptedToBeOver() throws StripeException {
    StripeClient session = session();
    stripe.simulator.follow(
        FaultPlan.none().next("POST /v2/billing/*stream", Fault.of(Fault.Kind.SESSION_EXPIRED)));

    assertThatThrownBy(() -> send(session, List.of(event("tokens", customer, "a", "5", START))))
        .isInstanceOf(TemporarySessionExpiredException.class);
    send(session, List.of(event("tokens", customer, "a", "5", START)));

    assertThat(total()).isEqualByComparingTo("5");
  }

  @Test
  void aSingleEventOfTheSecondApiIsRefusedAtOnceWhenItIsADuplicate() throws StripeException {
    MeterEventCreateParams event =
        MeterEventCreateParams.builder()
            .setEventName("tokens")
            .setIdentifier("one")
            .setTimestamp(START)
            .putPayload("stripe_customer_id", customer)
            .putPayload("value", "3")
            .build();
    var meterEvents = stripe.client.v2().billing().meterEvents();

    assertThat(meterEvents.create(event).getIdentifier()).isEqualTo("one");

    assertThatThrownBy(() -> meterEvents.create(event))
        .isInstanceOf(StripeException.class)
        .extracting("code")
        .isEqualTo("duplicate_meter_event");
    assertThat(total()).isEqualByComparingTo("3");
  }

  @Test
  void whatIsWrongWithAStreamedEventIsReportedAfterwards() throws Exception {
    try (WebhookSink sink = new WebhookSink()) {
      stripe.simulator.registerThinWebhook(sink.uri(), WebhookSink.SECRET, List.of("*"));
      send(
          session(),
          List.of(
              event("tokens", "cus_nobody", "lost", "5", START),
              event("tokens", customer, "words", "five", START),
              event("tokens", customer, "old", "5", START.minus(Duration.ofDays(40))),
              event("nothing", customer, "unmeasured", "5", START)));

      stripe.simulator.reportMeterErrors();

      List<String> bodies = sink.await(2);
      JsonNode report = Json.object();
      JsonNode none = Json.object();
      for (String body : bodies) {
        var notification =
            stripe.client.parseEventNotification(body, sink.signature(body), WebhookSink.SECRET);
        JsonNode fetched = fetch(notification.getId());
        if (notification instanceof V1BillingMeterErrorReportTriggeredEventNotification triggered) {
          assertThat(triggered.getRelatedObject().getId()).isEqualTo(meter.getId());
          report = fetched.path("data").path("reason");
        } else {
          none = fetched.path("data").path("reason");
        }
      }
      assertThat(report.path("error_count").asInt()).isEqualTo(3);
      assertThat(report.path("error_types").findValuesAsText("code"))
          .containsExactly(
              "meter_event_customer_not_found",
              "meter_event_invalid_value",
              "timestamp_too_far_in_past");
      assertThat(report.path("error_types").findValuesAsText("identifier"))
          .containsExactly("lost", "words", "old");
      assertThat(none.path("error_count").asInt()).isEqualTo(1);
      assertThat(stripe.client.v2().core().events().list().getData())
          .extracting(Event::getType)
          .containsExactlyInAnyOrder(
              "v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found");
    }
  }

  /** The event with its data, read from the body: the client's class has no way to the reason. */
  private JsonNode fetch(String event) throws StripeException, JsonProcessingException {
    return Json.read(stripe.client.v2().core().events().retrieve(event).getLastResponse().body());
  }

  @Test
  void reportsComeByThemselvesWithinTheirWindow() throws Exception {
    try (WebhookSink sink = new WebhookSink()) {
      URI uri = sink.uri();
      stripe.simulator.registerThinWebhook(
          uri, WebhookSink.SECRET, List.of("v1.billing.meter.no_meter_found"));
      send(session(), List.of(event("nothing", customer, "a", "5", START)));
      stripe.time.set(START.plusSeconds(2));

      assertThat(sink.await(1).getFirst()).contains("no_meter_found").doesNotContain("reason\":{");
    }
  }
}
