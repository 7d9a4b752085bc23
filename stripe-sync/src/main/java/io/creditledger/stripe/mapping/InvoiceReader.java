package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.webhook.StripeEvent;
import java.util.List;

/** Gets invoices whole: from the event where it has them whole, else from Stripe. */
final class InvoiceReader {

  private static final String INVOICES = "/v1/invoices/";

  private final StripeReads reads;

  InvoiceReader(StripeReads reads) {
    this.reads = reads;
  }

  /**
   * The invoice of an event.
   *
   * @throws CannotException if the event's version of the API is not known and Stripe has no such
   *     invoice, or its shape is not known
   */
  Invoice of(StripeEvent event) throws InterruptedException {
    if (ApiVersion.isKnown(event.apiVersion())) {
      return whole(event.object());
    }
    return whole(
        reads
            .find(path(event.objectId()))
            .orElseThrow(
                () ->
                    new CannotException(
                        "it is shaped by version \""
                            + event.apiVersion()
                            + "\" of Stripe's API, which is not known here, and Stripe has no"
                            + " invoice "
                            + event.objectId()
                            + " to look at instead")));
  }

  /**
   * An invoice as it is now.
   *
   * @throws CannotException if Stripe has none of that id
   */
  Invoice now(String id) throws InterruptedException {
    return whole(
        reads.find(path(id)).orElseThrow(() -> new CannotException("Stripe has no invoice " + id)));
  }

  private Invoice whole(JsonNode invoice) throws InterruptedException {
    List<JsonNode> lines =
        Invoice.hasMoreLines(invoice)
            ? reads.all(path(invoice.path("id").asText()) + "/lines")
            : StripeJson.items(invoice.path("lines"));
    return Invoice.read(invoice, lines);
  }

  private static String path(String id) {
    return INVOICES + StripeReads.escaped(id);
  }
}
