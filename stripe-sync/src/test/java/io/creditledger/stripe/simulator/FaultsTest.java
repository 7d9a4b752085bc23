package io.creditledger.stripe.simulator;

import static io.creditledger.stripe.simulator.SimulatedStripe.START;
import static io.creditledger.stripe.simulator.SimulatedStripe.key;
import static io.creditledger.stripe.simulator.SimulatedStripe.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.Fault.Kind;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private static final String EVENTS = "POST /v1/billing/meter_events";
  private static final String CUSTOMERS = "POST /v1/customers";

  private final SimulatedStripe stripe = new SimulatedStripe();

  @AfterEach
  void close() {
    stripe.close();
  }

  private int customers() throws StripeException {
    return stripe.client.v1().customers().list().getData().size();
  }

  private void create(String idempotencyKey) throws StripeException {
    stripe
        .client
        .v1()
        .customers()
        .create(CustomerCreateParams.builder().setName("Ann").build(), key(idempotencyKey));
  }

  @Test
  void aRateLimitSaysItsReasonAndALockDoesNot() throws StripeException {
    stripe.simulator.follow(
        FaultPlan.none()
            .next(CUSTOMERS, Fault.rateLimited("endpoint-rate"), Fault.of(Kind.LOCK_TIMEOUT)));

    RateLimitException limited = catchThrowableOfType(RateLimitException.class, () -> create("a"));
    RateLimitException locked = catchThrowableOfType(RateLimitException.class, () -> create("a"));

    assertThat(limited.getCode()).isEqualTo("rate_limit");
    assertThat(locked.getCode()).isEqualTo("lock_timeout");
    create("a");
    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void aRefusalThatIsKeptUnderTheKeyNeverGoesAway() throws StripeException {
    stripe.simulator.follow(
        FaultPlan.none()
            .next(CUSTOMERS, Fault.of(Kind.LOCK_TIMEOUT_KEPT), Fault.of(Kind.SERVER_ERROR_KEPT)));

    assertThatThrownBy(() -> create("a")).isInstanceOf(RateLimitException.class);
    assertThatThrownBy(() -> create("b")).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> create("a")).isInstanceOf(RateLimitException.class);
    assertThatThrownBy(() -> create("b")).isInstanceOf(ApiException.class);

    assertThat(customers()).isZero();
    create("c");
    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void aLostAnswerIsFoundAgainUnderItsKey() throws StripeException {
    // Twice, since the JDK's client sends a POST again by itself when its connection closes.
    stripe.simulator.follow(
        FaultPlan.none().next(CUSTOMERS, Fault.of(Kind.LOST_ANSWER), Fault.of(Kind.LOST_ANSWER)));

    assertThatThrownBy(() -> create("a")).isInstanceOf(ApiConnectionException.class);
    assertThat(customers()).isEqualTo(1);
    create("a");

    assertThat(customers()).isEqualTo(1);
    assertThat(stripe.simulator.requests())
        .filteredOn(request -> request.method().equals("POST"))
        .extracting(SeenRequest::status, SeenRequest::replayed)
        .contains(tuple(0, false), tuple(200, true));
  }

  @Test
  void aLostRequestDidNothing() throws StripeException {
    stripe.simulator.follow(
        FaultPlan.none().next(CUSTOMERS, Fault.of(Kind.LOST_REQUEST), Fault.of(Kind.LOST_REQUEST)));

    assertThatThrownBy(() -> create("a")).isInstanceOf(ApiConnectionException.class);

    assertThat(customers()).isZero();
  }

  @Test
  void anErrorAfterTheWorkIsWhatTheKeyAnswersFromThenOn() throws StripeException {
    stripe.simulator.follow(
        FaultPlan.none().next(CUSTOMERS, Fault.of(Kind.SERVER_ERROR_AFTER_WORK)));

    assertThatThrownBy(() -> create("a")).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> create("a")).isInstanceOf(ApiException.class);

    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void nothingIsAnsweredDuringAnOutage() throws StripeException {
    stripe.simulator.beginOutage();
    assertThatThrownBy(() -> create("a")).isInstanceOf(ApiConnectionException.class);

    stripe.simulator.endOutage();

    create("a");
    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void twoEventsOfOneCustomerAndMeterAtOnceAreAConflict() throws Exception {
    stripe.meter("tokens");
    String customer = stripe.customer("Ann").getId();
    stripe.simulator.follow(FaultPlan.none().next(EVENTS, Fault.latency(Duration.ofSeconds(2))));
    MeterEventCreateParams slow = usage("tokens", customer, "a", "1", START);
    MeterEventCreateParams second = usage("tokens", customer, "b", "1", START);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> sending =
          () -> {
            stripe.send(slow);
            return true;
          };
      Future<Boolean> first = threads.submit(sending);
      Awaitility.await().until(() -> stripe.simulator.faultsStruck().containsKey(Kind.LATENCY));
      assertThatThrownBy(() -> stripe.send(second))
          .isInstanceOf(StripeException.class)
          .extracting("statusCode")
          .isEqualTo(409);
      assertThat(first.get()).isTrue();
    }
    stripe.send(second);
  }

  @Test
  void theSameSeedGivesTheSameFaults() {
    FaultPlan plan =
        FaultPlan.seeded(7)
            .share(0.3, CUSTOMERS, Fault.of(Kind.SERVER_ERROR))
            .share(0.3, "*", Fault.rateLimited("global-rate"));

    List<Integer> once = statuses(plan);
    List<Integer> again = statuses(plan);

    assertThat(once).isEqualTo(again).contains(200, 429, 500);
  }

  private List<Integer> statuses(FaultPlan plan) {
    stripe.simulator.follow(plan);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      try {
        create("s" + stripe.simulator.requests().size());
        statuses.add(200);
      } catch (StripeException e) {
        statuses.add(e.getStatusCode());
      }
    }
    return statuses;
  }

  @Test
  void aRateAboveTheLimitIsRefused() {
    try (SimulatedStripe strict =
        new SimulatedStripe(settings -> settings.withRequestsPerSecondMax(1))) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 50; i++) {
                  strict.client.v1().customers().list();
                }
              })
          .isInstanceOf(RateLimitException.class);
    }
  }
}
