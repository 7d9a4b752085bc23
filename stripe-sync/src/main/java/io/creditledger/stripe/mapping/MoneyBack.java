package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.payment.Claim;
import io.creditledger.stripe.payment.Claim.Standing;
import java.util.Optional;
import java.util.OptionalLong;

/** What a charge, a dispute or a credit note claims of a payment. Pure. */
final class MoneyBack {

  private MoneyBack() {}

  /** All that was refunded of a charge, by however many refunds. */
  static Claim refunds(JsonNode charge) {
    long refunded = required(charge, "amount_refunded");
    String id = id(charge);
    return new Claim(
        id,
        StripeJson.id(charge, "invoice"),
        StripeJson.id(charge, "payment_intent"),
        OptionalLong.of(refunded),
        Standing.of(refunded),
        refunded + " of charge " + id + " refunded");
  }

  /** What a bank has taken back, until the dispute is won. */
  static Claim dispute(JsonNode dispute) {
    String status = StripeJson.text(dispute, "status").orElse("");
    String id = id(dispute);
    return new Claim(
        id,
        Optional.empty(),
        StripeJson.id(dispute, "payment_intent"),
        OptionalLong.of(required(dispute, "amount")),
        isLifted(status) ? Standing.LIFTED : Standing.STANDS,
        "dispute " + id + " is " + status);
  }

  /** An inquiry moves no money, nor does a dispute that was won or kept from being opened. */
  private static boolean isLifted(String status) {
    return status.contains("won") || status.equals("prevented") || status.startsWith("warning_");
  }

  /** What a credit note takes off an invoice; what it refunded is claimed by the charge. */
  static Claim creditNote(JsonNode note) {
    Optional<Long> before = StripeJson.whole(note, "pre_payment_amount");
    Optional<Long> after = StripeJson.whole(note, "post_payment_amount");
    long credited =
        before.isPresent() || after.isPresent()
            ? before.orElse(0L) + after.orElse(0L) - refunded(note)
            : StripeJson.id(note, "refund").isPresent() ? 0 : required(note, "amount");
    boolean isVoid = StripeJson.text(note, "status").orElse("").equals("void");
    String id = id(note);
    return new Claim(
        id,
        StripeJson.id(note, "invoice"),
        Optional.empty(),
        OptionalLong.of(Math.max(0, credited)),
        isVoid ? Standing.LIFTED : Standing.of(credited),
        "credit note " + id + " of " + credited);
  }

  private static long refunded(JsonNode note) {
    return StripeJson.items(note.path("refunds")).stream()
        .mapToLong(refund -> refund.path("amount_refunded").asLong())
        .sum();
  }

  private static String id(JsonNode object) {
    return StripeJson.text(object, "id")
        .orElseThrow(() -> new CannotException("the object has no id"));
  }

  private static long required(JsonNode object, String field) {
    return StripeJson.whole(object, field)
        .orElseThrow(() -> new CannotException("the object has no " + field));
  }
}
