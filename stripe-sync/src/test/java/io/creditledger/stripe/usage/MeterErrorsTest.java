package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.exception.StripeException;
import com.stripe.model.v2.core.Event;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.mapping.MeterErrorEvents;
import io.creditledger.stripe.outbox.MeterErrorReport;
import io.creditledger.stripe.outbox.MeterErrorReports;
import io.creditledger.stripe.outbox.StuckEvent;
import io.creditledger.stripe.webhook.StripeEvent;
import io.creditledger.stripe.webhook.StripeEvent.Style;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MeterErrorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode NOTHING = JSON.createObjectNode();

  @RegisterExtension
  private final SyncFixture sync =
      new SyncFixture(simulator -> simulator.withMeterReports(Duration.ofHours(1), 2));

  private UsageBench bench(String rules) throws StripeException {
    UsageBench bench = new UsageBench(sync, rules);
    bench.customer("ann");
    return bench;
  }

  @Test
  void usage_without_a_meter_is_parked_when_stripe_says_so_and_can_be_sent_once_there_is_one()
      throws Exception {
    // given
    UsageBench bench = bench("meters: {tokens: {send: all, in: quantity}}");
    bench.journal.use("ann", "tokens", "3", START);
    bench.settle();
    assertThat(bench.outbox()).containsExactly("tokens 1 3 delivered");

    // when
    sync.simulator().reportMeterErrors();
    takeReports(bench);

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 3 parked no_meter");

    // when
    bench.meter("tokens");
    sync.database()
        .jdbi()
        .useTransaction(
            transaction ->
                StuckEvent.resend(
                    transaction,
                    new WindowRecount(),
                    StuckEvent.list(transaction, 10).stream().map(StuckEvent::id).toList()));
    bench.work();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
  }

  @Test
  void a_report_is_applied_once_and_errors_it_does_not_name_are_shown_as_unmatched()
      throws Exception {
    // given
    UsageBench bench = bench("meters: {tokens: {send: all, in: quantity}}");
    bench.meter("tokens");
    sync.database()
        .jdbi()
        .useHandle(handle -> Customers.link(handle, new CustomerId("eve"), "cus_gone"));
    for (int minute = 0; minute < 5; minute++) {
      bench.journal.use("eve", "tokens", "3", START.plus(Duration.ofMinutes(minute)));
    }
    sync.clock().advance(Duration.ofMinutes(5));
    bench.settle();

    // when
    sync.simulator().reportMeterErrors();
    takeReports(bench);
    takeReports(bench);

    // then
    assertThat(bench.status().parked()).isEqualTo(2);
    assertThat(bench.status().unmatchedErrors()).isEqualTo(3);
    assertThat(stuck())
        .extracting(StuckEvent::reason)
        .containsOnly("meter_event_customer_not_found");
  }

  @Test
  void an_event_that_came_too_early_for_stripes_clock_is_sent_anew() throws Exception {
    // given
    UsageBench bench = bench("{meters: {tokens: {send: all, in: quantity}}, usage: {api: stream}}");
    bench.meter("tokens");
    bench.journal.use("ann", "tokens", "3", START);
    bench.settle();
    String identifier = identifiers().getFirst();

    // when
    apply(
        """
        {"id": "evt_1", "object": "v2.core.event",
         "type": "v1.billing.meter.error_report_triggered",
         "related_object": {"id": "mtr_1", "type": "billing.meter"},
         "data": {"reason": {"error_count": 1, "error_types": [{"code": "timestamp_in_future",
           "error_count": 1, "sample_errors": [{"error_message": "too early",
             "request": {"identifier": "%s"}}]}]}}}
        """
            .formatted(identifier));
    bench.work();

    // then
    assertThat(bench.outbox())
        .containsExactly("tokens 1 3 withdrawn timestamp_in_future", "tokens 2 3 delivered");
  }

  @Test
  void an_older_report_without_identifiers_matches_nothing_and_is_kept() throws Exception {
    UsageBench bench = bench("meters: {tokens: {send: all}}");

    apply(
        """
        {"id": "evt_1", "type": "v1.billing.meter.no_meter_found",
         "data": {"reason": {"error_count": 4, "error_types": [{"code": "no_meter",
           "error_count": 4, "sample_errors": [{"error_message": "no meter",
             "request": {"idempotency_key": "abc"}}]}]}}}
        """);

    assertThat(bench.status().unmatchedErrors()).isEqualTo(4);
  }

  @Test
  void what_is_no_report_is_refused() {
    assertThatThrownBy(
            () ->
                MeterErrorReport.read(
                    JSON.readTree("{\"id\": \"evt_1\", \"type\": \"v1.invoice.paid\"}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("evt_1");
  }

  private List<StuckEvent> stuck() {
    return sync.database().jdbi().withHandle(handle -> StuckEvent.list(handle, 10));
  }

  private List<String> identifiers() {
    return sync.database()
        .jdbi()
        .withHandle(
            handle ->
                handle.select("select identifier from meter_event").mapTo(String.class).list());
  }

  /** Deals with all thin events that Stripe has sent, as the inbox would. */
  private void takeReports(UsageBench bench) throws Exception {
    MeterErrorEvents handler =
        new MeterErrorEvents(new StripeReads(bench.services.stripe()), sync.clock());
    for (Event event : sync.client().v2().core().events().list().getData()) {
      StripeEvent thin =
          new StripeEvent(
              event.getId(), Style.THIN, event.getType(), "", "", event.getCreated(), NOTHING);
      sync.database().jdbi().useTransaction(transaction -> handler.handle(transaction, thin));
    }
  }

  private int apply(String event) throws JsonProcessingException {
    MeterErrorReport report = MeterErrorReport.read(JSON.readTree(event));
    return sync.database()
        .jdbi()
        .inTransaction(
            transaction ->
                new MeterErrorReports(new WindowRecount())
                    .apply(transaction, report, sync.clock().instant()));
  }
}
