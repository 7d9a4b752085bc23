package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.billing.MeterCreateParams.EventTimeWindow;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.customer.Customers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsageOutTest {

  private static final String SINGLE = "meters: {tokens: {send: all, in: quantity}}";
  private static final String STREAM =
      "{meters: {tokens: {send: all, in: quantity}}, usage: {api: stream}}";

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  private UsageBench bench(String rules) throws StripeException {
    UsageBench bench = new UsageBench(sync, rules);
    bench.meter("tokens");
    bench.customer("ann");
    return bench;
  }

  @Test
  void stripe_is_told_all_usage_in_one_event_for_each_window() throws StripeException {
    // given
    UsageBench bench = bench(SINGLE);
    bench.journal.use("ann", "tokens", "3", START);
    bench.journal.use("ann", "tokens", "4.5", START.plusSeconds(59));
    bench.journal.use("ann", "tokens", "10", START.plusSeconds(60));

    // when
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens", START, START.plusSeconds(60)))
        .isEqualByComparingTo("7.5");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("17.5");
    assertThat(sync.simulator().requestCounts())
        .containsEntry("POST /v1/billing/meter_events 200", 2L);
  }

  @Test
  void a_stream_takes_a_hundred_events_a_call() throws StripeException {
    // given
    UsageBench bench = bench(STREAM);
    for (int minute = 0; minute < 150; minute++) {
      bench.journal.use("ann", "tokens", "1", START.plus(Duration.ofMinutes(minute)));
    }
    sync.clock().advance(Duration.ofMinutes(160));

    // when
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("150");
    assertThat(sync.simulator().requestCounts())
        .containsEntry("POST /v2/billing/meter_event_stream 200", 2L)
        .containsEntry("POST /v2/billing/meter_event_session 200", 1L);
  }

  @Test
  void a_session_is_renewed_before_its_quarter_of_an_hour_is_over() throws StripeException {
    // given
    UsageBench bench = bench(STREAM);
    bench.journal.use("ann", "tokens", "1", START);
    bench.settle();
    bench.journal.use("ann", "tokens", "2", START.plus(Duration.ofMinutes(20)));
    sync.clock().set(START.plus(Duration.ofMinutes(20)));

    // when
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
    assertThat(sync.simulator().requestCounts())
        .containsEntry("POST /v2/billing/meter_event_session 200", 2L)
        .doesNotContainKey("POST /v2/billing/meter_event_stream 401");
  }

  @Test
  void a_window_is_sent_when_its_end_and_the_grace_have_passed() throws StripeException {
    // given
    UsageBench bench = bench("{meters: {tokens: {send: all}}, usage: {grace: PT20S}}");
    bench.journal.use("ann", "tokens", "3", START);
    bench.relay();

    // when
    sync.clock().set(START.plusSeconds(79));
    bench.cutter.cutAllDue();
    int before = bench.count("meter_event");
    sync.clock().advance(Duration.ofSeconds(1));
    bench.cutter.cutAllDue();

    // then
    assertThat(before).isZero();
    assertThat(bench.count("meter_event")).isEqualTo(1);
  }

  @Test
  void usage_waits_for_its_customer_to_be_known() throws StripeException {
    // given
    UsageBench bench = bench(SINGLE);
    bench.journal.use("eve", "tokens", "3", START);
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(3));
    bench.cutter.cutAllDue();
    bench.send();
    assertThat(bench.outbox()).containsExactly("tokens 1 3 pending customer_unknown");

    // when
    bench.customer("eve");
    bench.settle();

    // then
    assertThat(bench.stripeSum("eve", "tokens")).isEqualByComparingTo("3");
  }

  @Test
  void a_customer_with_an_id_of_stripes_is_stripes_customer() throws StripeException {
    // given
    UsageBench bench = bench(SINGLE);
    String id = bench.stripeCustomer("ann");
    sync.database().jdbi().useHandle(handle -> Customers.link(handle, new CustomerId(id), id));
    bench.journal.use(id, "tokens", "3", START);

    // when
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
  }

  @Test
  void a_value_of_more_than_fifteen_digits_arrives_whole() throws StripeException {
    // given
    UsageBench bench = bench(SINGLE);
    bench.journal.use("ann", "tokens", "1234567890.123456", START);
    bench.journal.use("ann", "tokens", "0.000000000001", START);

    // when
    bench.settle();

    // then
    assertThat(bench.outbox())
        .containsExactly(
            "tokens 1 1234567890.12345 delivered", "tokens 1 0.000006000001 delivered");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("1234567890.123456000001");
  }

  @Test
  void usage_older_than_35_days_is_parked_with_its_reason() throws StripeException {
    // given
    UsageBench bench = bench(SINGLE);
    bench.journal.use("ann", "tokens", "3", START);
    sync.clock().advance(Duration.ofDays(36));

    // when
    bench.settle();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 3 parked timestamp_too_far_in_past");
    assertThat(bench.status().parked()).isEqualTo(1);
    assertThat(sync.simulator().requestCounts())
        .doesNotContainKey("POST /v1/billing/meter_events 400");
  }

  @Test
  void usage_from_the_future_waits_until_it_is_none() throws StripeException {
    // given
    UsageBench bench = bench(SINGLE);
    bench.journal.use("ann", "tokens", "3", START.plus(Duration.ofMinutes(4)), START);
    bench.relay();
    sync.database()
        .jdbi()
        .useHandle(handle -> handle.execute("update usage_window set due_at = to_timestamp(0)"));
    sync.clock().set(START.minus(Duration.ofMinutes(2)));
    bench.cutter.cutAllDue();

    // when
    bench.send();
    assertThat(bench.outbox()).containsExactly("tokens 1 3 pending timestamp_in_future");
    sync.clock().set(START);
    bench.send();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 3 delivered");
  }

  @Test
  void where_stripe_keeps_the_last_event_of_an_hour_each_event_is_the_whole_hour()
      throws StripeException {
    // given
    UsageBench bench =
        new UsageBench(
            sync, "meters: {tokens: {send: all, in: quantity, aggregation: last_of_hour}}");
    bench.meter("tokens", Optional.of(EventTimeWindow.HOUR));
    bench.customer("ann");
    bench.journal.use("ann", "tokens", "3", START);
    sync.clock().set(START.plus(Duration.ofHours(1)));
    bench.settle();
    String late =
        bench.journal.use("ann", "tokens", "4", START.plusSeconds(60), sync.clock().instant());
    bench.settle();
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("7");

    // when
    bench.journal.reverse("ann", late, sync.clock().instant());
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
    assertThat(bench.outbox())
        .containsExactly("tokens 1 3 delivered", "tokens 2 7 delivered", "tokens 3 3 delivered");
  }

  @Test
  void usage_without_the_quantity_that_is_sent_is_kept_to_be_shown() throws StripeException {
    // given
    UsageBench bench = bench(SINGLE);
    bench.journal.useCredits("ann", "tokens", "3", START);

    // when
    bench.settle();

    // then
    assertThat(bench.status().skipped()).isEqualTo(1);
    assertThat(bench.count("meter_event")).isZero();
  }

  @Test
  void rows_are_forgotten_when_nobody_can_refer_to_them_any_more() throws StripeException {
    // given
    UsageBench bench = bench(SINGLE);
    bench.journal.use("ann", "tokens", "3", START);
    bench.settle();
    UsagePrune prune =
        new UsagePrune(sync.database(), bench.services.config().rules().usage(), sync.clock());

    // when
    sync.clock().set(START.plus(Duration.ofDays(44)));
    prune.run();
    int linesKept = bench.count("usage_line");
    sync.clock().set(START.plus(Duration.ofDays(46)));
    prune.run();
    int windowsKept = bench.count("usage_window");
    Instant muchLater = START.plus(Duration.ofDays(181));
    sync.clock().set(muchLater);
    prune.run();

    // then
    assertThat(linesKept).isEqualTo(1);
    assertThat(bench.count("usage_line")).isZero();
    assertThat(windowsKept).isEqualTo(1);
    assertThat(bench.count("meter_event")).isZero();
    assertThat(bench.count("usage_window")).isZero();
  }
}
