package io.creditledger.stripe.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.InboxRig;
import io.creditledger.stripe.Shopkeeper;
import io.creditledger.stripe.SyncFixture;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvoicesToldTest {

  private static final Instant MONTH_END = Instant.parse("2026-12-01T00:00:00Z");
  private static final String RULES = "invoice_credits: {mode: zero_out, lead: PT10M}";

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @ParameterizedTest(name = "version {0}")
  @ValueSource(strings = {"2026-07-29.dahlia", "2024-06-20"})
  void what_webhooks_tell_of_invoices_is_noted_whatever_their_version(String version)
      throws StripeException, InterruptedException {
    try (InboxRig rig = new InboxRig(sync, InboxRig.CATALOG, RULES, version)) {
      // given
      Shopkeeper shop = new Shopkeeper(sync);
      Customer ann = shop.named("ann");
      shop.subscribe(ann, shop.plan("plus", 3900));
      rig.settle();

      // when
      sync.clock().set(MONTH_END);
      Invoice draft = await().until(() -> latest(ann), one -> one.getStatus().equals("draft"));
      rig.settle();
      InvoiceDraft drafted = noted(draft);
      Instant turn = turn();
      sync.simulator().declineNextPayments(ann.getId(), 1);
      sync.clock().advance(Duration.ofMinutes(61));
      await().until(() -> latest(ann), one -> one.getStatus().equals("open"));
      rig.settle();
      InvoiceDraft finalized = noted(draft);
      sync.client().v1().invoices().voidInvoice(draft.getId());
      rig.settle();

      // then
      assertThat(drafted.customer()).isEqualTo(new CustomerId("ann"));
      assertThat(drafted.stripeCustomer()).isEqualTo(ann.getId());
      assertThat(drafted.periodEnd()).isEqualTo(MONTH_END);
      assertThat(drafted.finality()).isEqualTo(InvoiceDraft.Finality.DRAFT);
      assertThat(turn).isEqualTo(MONTH_END.plus(Duration.ofMinutes(50)));
      assertThat(finalized.finality()).isEqualTo(InvoiceDraft.Finality.FINALIZED);
      assertThat(noted(draft).finality()).isEqualTo(InvoiceDraft.Finality.VOIDED);
    }
  }

  private Invoice latest(Customer customer) throws StripeException {
    return sync.client()
        .v1()
        .invoices()
        .list(InvoiceListParams.builder().setCustomer(customer.getId()).setLimit(1L).build())
        .getData()
        .getFirst();
  }

  private InvoiceDraft noted(Invoice invoice) {
    return sync.database()
        .jdbi()
        .withHandle(handle -> CreditTable.draft(handle, invoice.getId()))
        .orElseThrow();
  }

  private Instant turn() {
    return sync.database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select next_attempt_at from effect")
                    .mapTo(Instant.class)
                    .one());
  }
}
