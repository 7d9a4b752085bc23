package io.creditledger.stripe.simulator;

import static io.creditledger.stripe.simulator.SimulatedStripe.START;
import static io.creditledger.stripe.simulator.SimulatedStripe.key;
import static io.creditledger.stripe.simulator.SimulatedStripe.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEvent;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.net.RequestOptions;
import com.stripe.param.billing.AlertCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventAdjustmentCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.billing.MeterUpdateParams;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetersTest {

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

  private List<MeterEventSummary> summaries(MeterEventSummaryListParams.Builder params)
      throws StripeException {
    return stripe
        .client
        .v1()
        .billing()
        .meters()
        .eventSummaries()
        .list(
            meter.getId(),
            params
                .setCustomer(customer)
                .setStartTime(START.minus(Duration.ofDays(2)).getEpochSecond())
                .setEndTime(START.plus(Duration.ofDays(1)).getEpochSecond())
                .build())
        .getData();
  }

  private BigDecimal total() throws StripeException {
    return summaries(MeterEventSummaryListParams.builder()).stream()
        .map(MeterEventSummary::getAggregatedValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void aMeterIsMadeListedRenamedAndPutAway() throws StripeException {
    var meters = stripe.client.v1().billing().meters();

    assertThat(meters.retrieve(meter.getId()).getEventName()).isEqualTo("tokens");
    assertThat(meters.list().getData()).hasSize(1);
    meters.update(meter.getId(), MeterUpdateParams.builder().setDisplayName("Tokens").build());
    assertThat(meters.retrieve(meter.getId()).getDisplayName()).isEqualTo("Tokens");
    assertThat(meters.deactivate(meter.getId()).getStatus()).isEqualTo("inactive");
    assertThat(meters.reactivate(meter.getId()).getStatus()).isEqualTo("active");
    assertThatThrownBy(() -> stripe.meter("tokens")).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void usageAddsUpPerWindow() throws StripeException {
    stripe.send(usage("tokens", customer, "a", "1.5", START.minusSeconds(3600)));
    stripe.send(usage("tokens", customer, "b", "2", START));
    stripe.send(usage("tokens", customer, "c", "-0.25", START));

    assertThat(total()).isEqualByComparingTo("3.25");
    List<MeterEventSummary> days =
        summaries(
            MeterEventSummaryListParams.builder()
                .setValueGroupingWindow(MeterEventSummaryListParams.ValueGroupingWindow.DAY));
    assertThat(days)
        .extracting(MeterEventSummary::getAggregatedValue)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(new BigDecimal("1.75"), new BigDecimal("1.5"));
  }

  @Test
  void aDuplicateIdentifierIsRefusedForADay() throws StripeException {
    MeterEventCreateParams event = usage("tokens", customer, "same", "5", START);
    stripe.send(event);

    InvalidRequestException refusal =
        catchThrowableOfType(InvalidRequestException.class, () -> stripe.send(event));

    assertThat(refusal.getStatusCode()).isEqualTo(400);
    assertThat(refusal).hasMessageContaining("An event already exists with identifier same");
    assertThat(total()).isEqualByComparingTo("5");
    stripe.time.set(START.plus(Duration.ofHours(25)));
    stripe.send(event);
    assertThat(total()).isEqualByComparingTo("10");
  }

  @Test
  void digitsAndTimesAreLimited() {
    assertThatThrownBy(
            () -> stripe.send(usage("tokens", customer, "a", "1234567890.123456", START)))
        .isInstanceOf(InvalidRequestException.class)
        .extracting("code")
        .isEqualTo("meter_event_value_too_many_digits");
    assertThatThrownBy(
            () ->
                stripe.send(usage("tokens", customer, "b", "1", START.minus(Duration.ofDays(36)))))
        .extracting("code")
        .isEqualTo("timestamp_too_far_in_past");
    assertThatThrownBy(
            () -> stripe.send(usage("tokens", customer, "c", "1", START.plusSeconds(301))))
        .extracting("code")
        .isEqualTo("timestamp_in_future");
  }

  @Test
  void aRequestIsCheckedAsStripeChecksIt() {
    assertThatThrownBy(
            () ->
                stripe.send(
                    MeterEventCreateParams.builder()
                        .setEventName("tokens")
                        .putPayload("value", "1")
                        .putExtraParam("colour", "red")
                        .build()))
        .hasMessageContaining("Received unknown parameter: colour")
        .extracting("code")
        .isEqualTo("parameter_unknown");
    assertThatThrownBy(() -> stripe.send(usage("x".repeat(101), customer, "a", "1", START)))
        .hasMessageContaining("must be at most 100 characters");
    assertThatThrownBy(
            () ->
                stripe
                    .client
                    .v1()
                    .billing()
                    .meters()
                    .create(MeterCreateParams.builder().setEventName("e").build()))
        .extracting("code")
        .isEqualTo("parameter_missing");
    assertThatThrownBy(() -> stripe.client.v1().billing().meters().retrieve("mtr_none"))
        .isInstanceOf(InvalidRequestException.class)
        .extracting("code")
        .isEqualTo("resource_missing");
    assertThatThrownBy(() -> stripe.client("sk_test_other").v1().customers().list())
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void anIdempotencyKeyGivesTheFirstAnswerAgain() throws StripeException {
    MeterEventCreateParams event = usage("tokens", customer, "a", "5", START);
    var meterEvents = stripe.client.v1().billing().meterEvents();
    RequestOptions options = key("k1");

    MeterEvent first = meterEvents.create(event, options);
    MeterEvent again = meterEvents.create(event, options);

    assertThat(again.getLastResponse().headers().firstValue("Idempotent-Replayed"))
        .contains("true");
    assertThat(again.getIdentifier()).isEqualTo(first.getIdentifier());
    assertThat(total()).isEqualByComparingTo("5");
    assertThatThrownBy(
            () -> meterEvents.create(usage("tokens", customer, "a", "6", START), options))
        .isInstanceOf(IdempotencyException.class);
  }

  @Test
  void aRequestThatWasNotValidIsNotKeptUnderItsKey() throws StripeException {
    var meterEvents = stripe.client.v1().billing().meterEvents();
    MeterEventCreateParams tooLate = usage("tokens", customer, "a", "1", START.plusSeconds(600));

    assertThatThrownBy(() -> meterEvents.create(tooLate, key("k"))).isNotNull();
    stripe.time.set(START.plusSeconds(600));
    meterEvents.create(tooLate, key("k"));

    assertThat(total()).isEqualByComparingTo("1");
  }

  @Test
  void anEventIsTakenBackWithinADayAndNotLater() throws StripeException {
    stripe.send(usage("tokens", customer, "a", "5", START));
    stripe.send(usage("tokens", customer, "b", "7", START));
    var adjustments = stripe.client.v1().billing().meterEventAdjustments();

    assertThat(adjustments.create(cancel("a")).getStatus()).isEqualTo("pending");
    assertThat(total()).isEqualByComparingTo("7");
    stripe.time.set(START.plus(Duration.ofHours(25)));
    assertThatThrownBy(() -> adjustments.create(cancel("b")))
        .hasMessageContaining("within 24 hours");
  }

  private static MeterEventAdjustmentCreateParams cancel(String identifier) {
    return MeterEventAdjustmentCreateParams.builder()
        .setEventName("tokens")
        .setType(MeterEventAdjustmentCreateParams.Type.CANCEL)
        .setCancel(
            MeterEventAdjustmentCreateParams.Cancel.builder().setIdentifier(identifier).build())
        .build();
  }

  @Test
  void onlyTheLastEventOfAnHourCountsOnAPreAggregatedMeter() throws StripeException {
    stripe
        .client
        .v1()
        .billing()
        .meters()
        .create(
            MeterCreateParams.builder()
                .setDisplayName("hourly")
                .setEventName("hourly")
                .setEventTimeWindow(MeterCreateParams.EventTimeWindow.HOUR)
                .setDefaultAggregation(
                    MeterCreateParams.DefaultAggregation.builder()
                        .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                        .build())
                .build());
    meter = stripe.client.v1().billing().meters().list().getData().getFirst();
    Instant earlier = START.minusSeconds(7200);

    stripe.send(usage("hourly", customer, "a", "5", earlier));
    stripe.send(usage("hourly", customer, "b", "6", earlier.plusSeconds(1)));
    stripe.send(usage("hourly", customer, "c", "1", START));

    assertThat(total()).isEqualByComparingTo("7");
  }

  @Test
  void usageThatStripeHasNotProcessedYetIsInNoSummary() throws StripeException {
    stripe.simulator.pauseMeters();
    stripe.send(usage("tokens", customer, "a", "5", START));
    assertThat(total()).isEqualByComparingTo("0");

    stripe.simulator.resumeMeters();

    assertThat(total()).isEqualByComparingTo("5");
  }

  @Test
  void anAlertIsTriggeredOnceWhenUsageIsEnough() throws StripeException {
    stripe
        .client
        .v1()
        .billing()
        .alerts()
        .create(
            AlertCreateParams.builder()
                .setAlertType(AlertCreateParams.AlertType.USAGE_THRESHOLD)
                .setTitle("100 tokens")
                .setUsageThreshold(
                    AlertCreateParams.UsageThreshold.builder()
                        .setGte(100L)
                        .setMeter(meter.getId())
                        .setRecurrence(AlertCreateParams.UsageThreshold.Recurrence.ONE_TIME)
                        .build())
                .build());

    stripe.send(usage("tokens", customer, "a", "60", START));
    stripe.send(usage("tokens", customer, "b", "60", START));
    stripe.send(usage("tokens", customer, "c", "60", START));

    assertThat(stripe.client.v1().events().list().getData())
        .extracting(Event::getType)
        .containsOnlyOnce("billing.alert.triggered");
  }

  @Test
  void whatIsNotSimulatedSaysSo() {
    assertThatThrownBy(() -> stripe.client.v1().payouts().list())
        .isInstanceOfAny(InvalidRequestException.class, ApiException.class)
        .hasMessageContaining("Unrecognized request URL");
  }
}
