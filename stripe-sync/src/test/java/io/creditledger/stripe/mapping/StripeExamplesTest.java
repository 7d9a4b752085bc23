package io.creditledger.stripe.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.model.Customer;
import com.stripe.model.CustomerBalanceTransaction;
import com.stripe.model.InvoiceItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.StripeObject;
import com.stripe.model.billing.CreditGrant;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEvent;
import com.stripe.model.billing.MeterEventAdjustment;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.net.ApiResource;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.payment.Claim;
import io.creditledger.stripe.webhook.StripeEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stripe's own example objects: whatever stripe-sync reads of an event or an answer, it reads of
 * them.
 */
class StripeExamplesTest {

  /** Where the examples lie, beside this project in a folder of some parent. */
  private static final Path FILE = Path.of("shared", "stripe", "fixtures3.json");

  private JsonNode examples;

  @BeforeEach
  void read() throws IOException {
    Optional<Path> file = file();
    assumeTrue(file.isPresent(), "Stripe's examples lie nowhere beside this project: " + FILE);
    examples = new ObjectMapper().readTree(file.orElseThrow().toFile()).path("resources");
  }

  private static Optional<Path> file() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isReadable(folder.resolve(FILE))) {
        return Optional.of(folder.resolve(FILE));
      }
    }
    return Optional.empty();
  }

  @Test
  void an_invoice_and_its_lines() {
    JsonNode json = example("invoice");
    List<JsonNode> lines = new ArrayList<>(StripeJson.items(json.path("lines")));
    lines.add(example("line_item"));

    Invoice invoice = Invoice.read(json, lines);

    assertThat(invoice.id()).startsWith("in_");
    assertThat(invoice.total().currency()).isEqualTo("usd");
    assertThat(invoice.lines()).hasSameSizeAs(lines);
    assertThat(invoice.lines().getLast().amount()).isEqualTo(1000);
  }

  @Test
  void a_subscription_and_its_items() {
    Subscription subscription = Subscription.read(example("subscription"));

    assertThat(subscription.id()).startsWith("sub_");
    assertThat(subscription.customer()).isPresent();
    assertThat(subscription.items())
        .hasSameSizeAs(StripeJson.items(example("subscription").path("items")));
  }

  @Test
  void what_claims_money_back() {
    Claim refund = MoneyBack.refunds(example("charge"));
    Claim dispute = MoneyBack.dispute(example("dispute"));
    Claim note = MoneyBack.creditNote(example("credit_note"));

    assertThat(refund.id()).startsWith("ch_");
    assertThat(refund.amount()).hasValue(0);
    assertThat(dispute.amount()).hasValue(1000);
    assertThat(note.payment()).hasValueSatisfying(id -> assertThat(id).startsWith("in_"));
  }

  @Test
  void an_event_of_each_type_that_is_dealt_with() throws Exception {
    List<String> kinds =
        List.of(
            "invoice",
            "subscription",
            "customer",
            "charge",
            "dispute",
            "credit_note",
            "refund",
            "checkout.session",
            "payment_intent",
            "billing.credit_grant",
            "billing.alert_triggered");
    for (String kind : kinds) {
      ObjectNode event = example("event").deepCopy();
      ((ObjectNode) event.path("data")).set("object", example(kind));

      StripeEvent read = StripeEvent.read(event.toString().getBytes(StandardCharsets.UTF_8));

      assertThat(read.style()).as(kind).isEqualTo(StripeEvent.Style.SNAPSHOT);
      assertThat(read.objectId()).as(kind).isEqualTo(example(kind).path("id").asText());
      assertThat(read.object()).as(kind).isEqualTo(example(kind));
    }
  }

  @Test
  void all_objects_that_calls_answer_with_are_what_the_client_takes_them_for() {
    Map<String, Class<? extends StripeObject>> kinds =
        Map.ofEntries(
            Map.entry("invoice", com.stripe.model.Invoice.class),
            Map.entry("subscription", com.stripe.model.Subscription.class),
            Map.entry("customer", Customer.class),
            Map.entry("product", Product.class),
            Map.entry("price", Price.class),
            Map.entry("invoiceitem", InvoiceItem.class),
            Map.entry("invoice_payment", InvoicePayment.class),
            Map.entry("customer_balance_transaction", CustomerBalanceTransaction.class),
            Map.entry("billing.meter", Meter.class),
            Map.entry("billing.meter_event", MeterEvent.class),
            Map.entry("billing.meter_event_adjustment", MeterEventAdjustment.class),
            Map.entry("billing.meter_event_summary", MeterEventSummary.class),
            Map.entry("billing.credit_grant", CreditGrant.class));
    kinds.forEach(
        (kind, type) -> {
          StripeObject object = ApiResource.GSON.fromJson(example(kind).toString(), type);

          assertThat(object.toJson()).as(kind).contains("\"object\": \"" + kind + "\"");
        });
  }

  private JsonNode example(String kind) {
    JsonNode example = examples.path(kind);
    assertThat(example.isObject()).as("an example of " + kind).isTrue();
    return example;
  }
}
