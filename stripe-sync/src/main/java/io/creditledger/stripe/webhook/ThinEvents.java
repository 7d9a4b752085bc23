package io.creditledger.stripe.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.Stripe;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.json.StripeJson;

/** Makes snapshots of thin events, by looking at what they are about. */
final class ThinEvents {

  private static final String FIRST_API = "v1.";

  private final StripeReads reads;

  ThinEvents(StripeReads reads) {
    this.reads = reads;
  }

  /** The type by which a snapshot tells the same; another text where there is none. */
  static String snapshotType(String thinType) {
    return thinType.startsWith(FIRST_API) ? thinType.substring(FIRST_API.length()) : "";
  }

  /** The same event with its object as it is now, in this program's own version of the API. */
  StripeEvent snapshot(StripeEvent event) throws InterruptedException {
    JsonNode related = event.json().path("related_object");
    String url =
        StripeJson.text(related, "url")
            .filter(path -> path.startsWith("/v"))
            .orElseThrow(() -> new CannotException("the thin event names no object to look at"));
    JsonNode object =
        reads.find(url).orElseThrow(() -> new CannotException("Stripe has no object at " + url));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("data").set("object", object);
    return new StripeEvent(
        event.id(),
        StripeEvent.Style.SNAPSHOT,
        snapshotType(event.type()),
        event.objectId(),
        Stripe.API_VERSION,
        event.createdAt(),
        json);
  }
}
