package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;

/** What an invoice was made for, as basil and later tell it. */
final class InvoiceParent {

  private InvoiceParent() {}

  static void of(ObjectNode invoice, ObjectNode subscription) {
    ObjectNode parent = invoice.putObject("parent").putNull("quote_details");
    ObjectNode details = parent.putObject("subscription_details");
    details.set("metadata", Json.child(subscription, "metadata").deepCopy());
    details.put("subscription", Json.string(subscription, "id"));
    parent.put("type", "subscription_details");
  }
}
