package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.StripeException;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.client.StripeSettings;
import io.creditledger.stripe.outbox.MeterEventApi;
import io.creditledger.stripe.outbox.SendOutcome;
import io.creditledger.stripe.outbox.SingleEvents;
import io.creditledger.stripe.outbox.StuckEvent;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.Fault.Kind;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendingFaultsTest {

  private static final String EVENTS = "POST /v*/billing/meter_event*";

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  private UsageBench bench(String api) throws StripeException {
    UsageBench bench =
        new UsageBench(
            sync, "{meters: {tokens: {send: all, in: quantity}}, usage: {api: " + api + "}}");
    bench.meter("tokens");
    bench.customer("ann");
    return bench;
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "stream"})
  void whatever_goes_wrong_on_the_way_usage_counts_once(String api) throws StripeException {
    // given
    UsageBench bench = bench(api);
    sync.simulator()
        .follow(
            FaultPlan.none()
                .next(
                    EVENTS,
                    Fault.rateLimited("endpoint-rate"),
                    Fault.of(Kind.LOCK_TIMEOUT),
                    Fault.of(Kind.CONFLICT),
                    Fault.of(Kind.SERVER_ERROR),
                    Fault.of(Kind.SERVER_ERROR_AFTER_WORK),
                    Fault.of(Kind.LOST_REQUEST),
                    Fault.of(Kind.LOST_ANSWER)));
    for (int minute = 0; minute < 4; minute++) {
      bench.journal.use("ann", "tokens", "3", START.plus(Duration.ofMinutes(minute)));
    }
    sync.clock().advance(Duration.ofMinutes(5));

    // when
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("12");
    assertThat(sync.simulator().faultsStruck().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(7);
  }

  @Test
  void an_expired_session_is_replaced_and_the_same_batch_sent() throws StripeException {
    // given
    UsageBench bench = bench("stream");
    sync.simulator()
        .follow(FaultPlan.none().next("POST /v2/billing/*stream", Fault.of(Kind.SESSION_EXPIRED)));
    bench.journal.use("ann", "tokens", "3", START);

    // when
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
    assertThat(sync.simulator().requestCounts())
        .containsEntry("POST /v2/billing/meter_event_session 200", 2L);
  }

  @Test
  void a_process_that_dies_between_sending_and_noting_it_sends_the_same_event_again()
      throws StripeException {
    // given
    UsageBench bench = bench("single");
    bench.journal.use("ann", "tokens", "3", START);
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(3));
    bench.cutter.cutAllDue();
    bench.sendThrough(SendingFaultsTest::dyingAfterwards);
    assertThatThrownBy(bench::send).hasMessage("the process dies");
    assertThat(bench.outbox()).containsExactly("tokens 1 3 pending");

    // when
    bench.sendThrough(api -> api);
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
    assertThat(sync.simulator().requestCounts())
        .containsEntry("POST /v1/billing/meter_events 200", 1L)
        .containsEntry("POST /v1/billing/meter_events 400", 1L);
  }

  private static MeterEventApi dyingAfterwards(MeterEventApi api) {
    return new MeterEventApi() {
      @Override
      public int eventsPerCallMax() {
        return api.eventsPerCallMax();
      }

      @Override
      public SendOutcome send(List<Addressed> events) throws InterruptedException {
        api.send(events);
        throw new IllegalStateException("the process dies");
      }
    };
  }

  @Test
  void while_stripe_is_down_only_few_events_are_put_in_doubt() throws StripeException {
    // given
    UsageBench bench = bench("single");
    for (int minute = 0; minute < 80; minute++) {
      bench.journal.use("ann", "tokens", "1", START.plus(Duration.ofMinutes(minute)));
    }
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(90));
    bench.cutter.cutAllDue();
    sync.simulator().beginOutage();

    // when
    for (int turn = 0; turn < 70; turn++) {
      bench.send();
      sync.clock().advance(Duration.ofSeconds(1));
    }
    int inDoubt = bench.count("meter_event where attempted_at is not null");
    sync.simulator().endOutage();
    bench.work();

    // then
    assertThat(inDoubt).isBetween(30, 50);
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("80");
  }

  @Test
  void an_event_in_doubt_for_a_day_is_not_sent_again_by_itself() throws StripeException {
    // given
    UsageBench bench = bench("single");
    sync.simulator().follow(FaultPlan.none().always(EVENTS, Fault.of(Kind.LOST_ANSWER)));
    bench.journal.use("ann", "tokens", "3", START);
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(3));
    bench.cutter.cutAllDue();
    bench.send();
    sync.simulator().follow(FaultPlan.none());

    // when
    sync.clock().advance(Duration.ofHours(25));
    bench.settle();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 3 unknown outcome_unknown");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");

    // when
    StuckEvent stuck = stuck().getFirst();
    sync.database()
        .jdbi()
        .useTransaction(
            transaction ->
                StuckEvent.confirm(transaction, new WindowRecount(), List.of(stuck.id())));
    bench.work();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 3 delivered outcome_unknown");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
  }

  @Test
  void what_was_parked_is_sent_anew_when_an_operator_says_so() throws StripeException {
    // given
    UsageBench bench = bench("single");
    bench.journal.use("ann", "tokens", "3", START);
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(3));
    bench.cutter.cutAllDue();
    sync.database()
        .jdbi()
        .useHandle(handle -> handle.execute("update meter_event set state = 'parked'"));

    // when
    sync.database()
        .jdbi()
        .useTransaction(
            transaction ->
                StuckEvent.resend(
                    transaction, new WindowRecount(), List.of(stuck().getFirst().id())));
    bench.work();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 3 withdrawn", "tokens 2 3 delivered");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
  }

  @Test
  void an_address_that_is_not_stripes_parks_nothing() throws StripeException {
    // given
    UsageBench bench = bench("single");
    bench.journal.use("ann", "tokens", "3", START);
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(3));
    bench.cutter.cutAllDue();

    // when
    StripeCalls elsewhere =
        new StripeCalls(
            StripeSettings.at("sk_test", URI.create(sync.simulator().baseUri() + "/elsewhere")));
    bench.sendThrough(api -> new SingleEvents(elsewhere));
    bench.send();
    assertThat(bench.outbox()).containsExactly("tokens 1 3 pending key");
    bench.sendThrough(api -> api);
    bench.work();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
  }

  private List<StuckEvent> stuck() {
    return sync.database().jdbi().withHandle(handle -> StuckEvent.list(handle, 10));
  }

  @Test
  void one_bad_event_of_a_batch_is_found_and_the_others_are_sent() throws StripeException {
    // given
    UsageBench bench = bench("stream");
    for (int minute = 0; minute < 7; minute++) {
      bench.journal.use("ann", "tokens", "1", START.plus(Duration.ofMinutes(minute)));
    }
    bench.sendThrough(SendingFaultsTest::refusingTheFourthMinute);
    sync.clock().advance(Duration.ofMinutes(10));

    // when
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("6");
    assertThat(stuck())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.windowStart()).isEqualTo(START.plus(Duration.ofMinutes(3)));
              assertThat(event.reason()).isEqualTo("bad");
            });
  }

  private static MeterEventApi refusingTheFourthMinute(MeterEventApi api) {
    return new MeterEventApi() {
      @Override
      public int eventsPerCallMax() {
        return api.eventsPerCallMax();
      }

      @Override
      public SendOutcome send(List<Addressed> events) throws InterruptedException {
        boolean bad =
            events.stream()
                .anyMatch(one -> one.event().timestamp().equals(START.plus(Duration.ofMinutes(3))));
        return bad ? new SendOutcome.Refused("bad", "it is the fourth minute") : api.send(events);
      }
    };
  }
}
