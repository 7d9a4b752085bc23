package io.creditledger.stripe.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.rules.InvoiceCreditsRule.Mode;
import io.creditledger.stripe.rules.RulesYaml;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import io.creditledger.stripe.usage.MeterAggregator;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InvoiceCreditsTest {

  private static final Duration BEFORE_THE_LEAD = Duration.ofMinutes(45);

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @ParameterizedTest(name = "{0}: available {1}, used {2}: credits {3}, total {4}")
  @CsvSource({
    "BILL_CUSTOMER, 20,  5,  5,  0",
    "BILL_CUSTOMER, 20, 20, 20,  0",
    "BILL_CUSTOMER, 20, 27, 20,  7",
    "BILL_CUSTOMER,  0, 27,  0, 27",
    "BILL_CUSTOMER, -5, 27,  0, 27",
    "ZERO_OUT,      20,  5,  5,  0",
    "ZERO_OUT,      20, 20, 20,  0",
    "ZERO_OUT,      20, 27, 27,  0",
    "ZERO_OUT,       0, 27, 27,  0",
    "ZERO_OUT,      -5, 27, 27,  0",
  })
  void the_tables_hold_on_an_invoice_of_stripe(
      Mode mode, long available, long used, long applied, long total)
      throws StripeException, InterruptedException {
    // given
    assertThat(InvoiceCredits.of(mode, available, used))
        .isEqualTo(new InvoiceCredits(applied, total));
    Invoicing invoicing =
        new Invoicing(sync, "policy: carry", "mode: " + mode.name().toLowerCase(Locale.ROOT));
    if (available > 0) {
      invoicing.grant("g_1", "" + available);
    } else if (available < 0) {
      invoicing.owe("" + -available);
    }
    invoicing.use("u_1", "" + used);

    // when
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    invoicing.settle();
    Invoice invoice = invoicing.finalized();

    // then
    assertThat(invoice.getTotal()).isEqualTo(total * 100);
    assertThat(negative(invoice)).isEqualTo(-applied * 100);
    assertThat(invoicing.available())
        .isEqualTo(Credits.ofMicros((available - applied) * 1_000_000));
    assertThat(invoicing.state()).startsWith("done: ");
  }

  private static long negative(Invoice invoice) {
    return invoice.getLines().getData().stream()
        .mapToLong(line -> Math.min(0, line.getAmount()))
        .sum();
  }

  @Test
  void credits_on_the_balance_are_taken_by_the_invoice()
      throws StripeException, InterruptedException {
    Invoicing invoicing =
        new Invoicing(sync, "policy: bill", "mode: bill_customer, form: balance_transaction");
    invoicing.grant("g_1", "20");
    invoicing.use("u_1", "27");
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    invoicing.settle();
    Invoice invoice = invoicing.finalized();

    assertThat(invoice.getTotal()).isEqualTo(2700);
    assertThat(invoice.getAmountDue()).isEqualTo(700);
  }

  @ParameterizedTest
  @CsvSource({"policy: bill", "policy: reject", "policy: forgive", "'policy: bill, limit: \"3\"'"})
  void the_customer_is_billed_the_rest_whatever_the_ledger_does_about_it(String overdraft)
      throws StripeException, InterruptedException {
    Invoicing invoicing = new Invoicing(sync, overdraft, "mode: bill_customer");
    invoicing.grant("g_1", "20");
    invoicing.use("u_1", "27");
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    invoicing.settle();

    assertThat(invoicing.finalized().getTotal()).isEqualTo(700);
    assertThat(invoicing.available()).isEqualTo(Credits.ZERO);
    assertThat(invoicing.ledger.journal(Invoicing.ANN).getLast().balance().orElseThrow().overage())
        .as("what Stripe bills is not owed here too")
        .isEqualTo(Credits.ZERO);
  }

  @Test
  void nothing_happens_before_its_time_and_until_usage_has_been_sent()
      throws StripeException, InterruptedException {
    // given
    Invoicing invoicing = new Invoicing(sync, "policy: carry", "mode: zero_out");
    invoicing.use("u_1", "5");
    invoicing.tellDrafted(invoicing.draft());

    // when
    invoicing.settle();
    long atFirst = asked(invoicing);
    invoicing.usageIsSent.set(false);
    sync.clock().advance(BEFORE_THE_LEAD);
    invoicing.settle();
    String waiting = invoicing.state();
    invoicing.use("u_2", "2");
    invoicing.usageIsSent.set(true);
    sync.clock().advance(Duration.ofMinutes(1));
    invoicing.settle();

    // then
    assertThat(atFirst).isZero();
    assertThat(waiting).isEqualTo("held: waits for usage on its way to Stripe");
    assertThat(negative(invoicing.finalized())).isEqualTo(-700);
  }

  private static long asked(Invoicing invoicing) {
    return invoicing.ledger.published().stream()
        .filter(event -> event instanceof LedgerEvent.Usage)
        .count();
  }

  @Test
  void a_draft_that_is_told_again_and_again_gets_its_credits_once()
      throws StripeException, InterruptedException {
    Invoicing invoicing = new Invoicing(sync, "policy: carry", "mode: zero_out");
    invoicing.use("u_1", "5");
    Invoice draft = invoicing.draft();
    for (int i = 0; i < 3; i++) {
      invoicing.tellDrafted(draft);
      sync.clock().set(Invoicing.MONTH_END.plus(BEFORE_THE_LEAD));
      invoicing.settle();
    }

    assertThat(negative(invoicing.finalized())).isEqualTo(-500);
    assertThat(invoicing.available()).isEqualTo(Credits.parse("-5"));
  }

  @Test
  void what_comes_too_late_is_reported_and_costs_no_credits()
      throws StripeException, InterruptedException {
    // given
    Invoicing invoicing = new Invoicing(sync, "policy: carry", "mode: zero_out");
    invoicing.grant("g_1", "20");
    invoicing.use("u_1", "5");
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    sync.simulator()
        .follow(
            FaultPlan.seeded(1)
                .share(1, "POST /v1/invoiceitems", Fault.of(Fault.Kind.SERVER_ERROR)));
    invoicing.settle();

    // when
    Invoice invoice = invoicing.finalized();
    sync.simulator().follow(FaultPlan.seeded(1));
    sync.clock().advance(Duration.ofHours(1));
    invoicing.settle();

    // then
    assertThat(invoice.getTotal()).isEqualTo(500);
    assertThat(invoicing.state()).startsWith("parked: ").contains("the invoice was final already");
    assertThat(invoicing.available()).isEqualTo(Credits.parse("20"));
  }

  @Test
  void a_draft_that_was_final_before_it_was_looked_at_is_reported()
      throws StripeException, InterruptedException {
    Invoicing invoicing = new Invoicing(sync, "policy: carry", "mode: zero_out");
    invoicing.use("u_1", "5");
    invoicing.tellDrafted(invoicing.draft());
    invoicing.finalized();
    invoicing.settle();

    assertThat(invoicing.state()).startsWith("parked: ").contains("final before it was looked at");
    assertThat(asked(invoicing)).isZero();
  }

  @Test
  void usage_that_arrives_after_the_credits_is_reported_once_the_invoice_is_final()
      throws StripeException, InterruptedException {
    Invoicing invoicing = new Invoicing(sync, "policy: carry", "mode: zero_out");
    invoicing.use("u_1", "5");
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    invoicing.settle();
    invoicing.use("u_2", "2");
    Invoice invoice = invoicing.finalized();
    invoicing.tellFinalized(invoice);
    invoicing.settle();

    assertThat(invoice.getTotal()).isEqualTo(200);
    assertThat(invoicing.state())
        .startsWith("parked: ")
        .contains("5.00 usd when credits were applied, and to 7.00 usd");
  }

  @Test
  void an_invoice_that_is_voided_gives_the_credits_back()
      throws StripeException, InterruptedException {
    Invoicing invoicing = new Invoicing(sync, "policy: carry", "mode: bill_customer");
    invoicing.grant("g_1", "20");
    invoicing.use("u_1", "27");
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    invoicing.settle();
    Invoice invoice = invoicing.finalized();
    invoicing.tellVoided(invoice);
    invoicing.settle();

    assertThat(invoicing.available()).isEqualTo(Credits.parse("20"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"LOST_ANSWER", "SERVER_ERROR_KEPT", "SERVER_ERROR_AFTER_WORK", "LOCK_TIMEOUT_KEPT"})
  void a_fault_makes_credits_neither_twice_nor_never(Fault.Kind kind)
      throws StripeException, InterruptedException {
    // given
    Invoicing invoicing = new Invoicing(sync, "policy: carry", "mode: zero_out");
    invoicing.use("u_1", "5");
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    FaultPlan plan = FaultPlan.seeded(1);
    for (int i = 0; i < 3; i++) {
      plan = plan.next("POST /v1/invoiceitems", Fault.of(kind));
    }
    sync.simulator().follow(plan);

    // when
    for (int i = 0; i < 10; i++) {
      invoicing.settle();
      sync.clock().advance(Duration.ofSeconds(30));
    }

    // then
    assertThat(sync.simulator().faultsStruck()).containsKey(kind);
    assertThat(negative(invoicing.finalized())).isEqualTo(-500);
    assertThat(invoicing.available()).isEqualTo(Credits.parse("-5"));
  }

  @Test
  void customers_and_meters_have_modes_of_their_own() throws StripeException, InterruptedException {
    Invoicing invoicing =
        new Invoicing(
            sync, "policy: carry", "meters: {llm.tokens: zero_out}, customers: {ann: none}");
    invoicing.use("u_1", "5");
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    invoicing.settle();

    assertThat(invoicing.finalized().getTotal()).isEqualTo(500);
    assertThat(invoicing.state()).isEqualTo("done: no usage that credits pay for");
  }

  @Test
  void credits_that_pay_for_usage_are_not_sent_as_usage_once_more()
      throws StripeException, InterruptedException {
    // given
    Invoicing invoicing = new Invoicing(sync, "policy: bill", "mode: zero_out");
    invoicing.grant("g_1", "3");
    invoicing.use("u_1", "5");
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    invoicing.settle();

    // when
    MeterAggregator usage =
        new MeterAggregator(
            RulesYaml.parse("rules", "meters: {llm.tokens: {send: all, in: credits}}"),
            Map.of(),
            Map.of());
    invoicing.ledger.journal(Invoicing.ANN).forEach(usage::add);

    // then
    assertThat(asked(invoicing)).isEqualTo(1);
    assertThat(usage.lines()).isEmpty();
    assertThat(usage.windows()).isEmpty();
  }

  @Test
  void a_grant_that_ends_with_the_month_pays_for_the_month()
      throws StripeException, InterruptedException {
    Invoicing invoicing = new Invoicing(sync, "policy: bill", "mode: bill_customer");
    invoicing.grant("g_1", "20", Optional.of(Invoicing.MONTH_END));
    invoicing.use("u_1", "5");
    invoicing.tellDrafted(invoicing.draft());
    sync.clock().advance(BEFORE_THE_LEAD);
    invoicing.ledger.fireTimers();
    invoicing.settle();

    assertThat(invoicing.finalized().getTotal()).isZero();
  }
}
