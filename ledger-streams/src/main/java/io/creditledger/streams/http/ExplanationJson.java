package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.account.PolicyInForce;
import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Rate;
import io.creditledger.core.catalog.RateChoice;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.event.Position;
import io.creditledger.core.explain.Explanation;
import io.creditledger.core.explain.GrantVerdict;
import io.creditledger.core.explain.Link;
import io.creditledger.core.explain.Pricing;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.streams.query.UsageAccount;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The explanation of a usage as the API shows it. */
final class ExplanationJson {

  private ExplanationJson() {}

  /**
   * Writes it.
   *
   * @param readFrom where the customer's journal was read
   * @param stripe what stripe-sync says of it, as JSON; absent where it was not asked
   */
  static void write(
      JsonGenerator json,
      UsageAccount account,
      StatementLog.ReadFrom readFrom,
      Optional<String> stripe)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", account.id().value());
    json.writeStringField("customer", account.customer().value());
    switch (account) {
      case UsageAccount.Decided decided -> decided(json, decided);
      case UsageAccount.Refused refused -> refused(json, refused);
    }
    json.writeArrayFieldStart("deliveries");
    for (OutcomeJson.Parsed other : account.others()) {
      json.writeStartObject();
      outcome(json, other);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("read_from", readFrom.wireName());
    json.writeFieldName("stripe");
    json.writeRawValue(stripe.orElse("null"));
    json.writeEndObject();
  }

  private static void decided(JsonGenerator json, UsageAccount.Decided decided) throws IOException {
    Explanation explanation = decided.explanation();
    json.writeStringField("state", "accepted");
    json.writeFieldName("entry");
    json.writeRawValue(decided.json());
    place(json, "journal", decided.place());
    pricing(json, explanation);
    grants(json, explanation.grants());
    Shortfall shortfall = explanation.shortfall();
    json.writeObjectFieldStart("beyond");
    json.writeStringField("kind", shortfall.kind().wireName());
    json.writeStringField("amount", shortfall.amount().toString());
    policy(json, explanation.policy());
    json.writeEndObject();
    json.writeObjectFieldStart("balance");
    json.writeStringField("unit", explanation.before().unit().value());
    balance(json, "before", explanation.before());
    balance(json, "after", explanation.after());
    json.writeEndObject();
    json.writeArrayFieldStart("links");
    for (Link link : decided.links()) {
      json.writeStartObject();
      json.writeStringField("relation", link.relation().wireName());
      json.writeStringField("id", link.id().value());
      json.writeNumberField("sequence", link.sequence());
      Json.writeTime(json, "recorded_at", link.recordedAt());
      json.writeStringField("credits", link.credits().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void refused(JsonGenerator json, UsageAccount.Refused refused) throws IOException {
    json.writeStringField("state", "refused");
    json.writeObjectFieldStart("refusal");
    outcome(json, refused.last());
    json.writeStringField("remedy", remedy(refused.last().code().orElse("")));
    place(json, "rejections", refused.place());
    json.writeEndObject();
    if (refused.found().isPresent()) {
      grants(json, refused.found().get().grants());
      json.writeObjectFieldStart("beyond");
      policy(json, refused.found().get().policy());
      json.writeEndObject();
      json.writeObjectFieldStart("balance");
      json.writeStringField("unit", refused.found().get().balance().unit().value());
      balance(json, "before", refused.found().get().balance());
      json.writeEndObject();
    }
  }

  /** A code may be newer than this program. */
  private static String remedy(String code) {
    for (Reason reason : Reason.values()) {
      if (reason.name().equals(code)) {
        return reason.remedy();
      }
    }
    return "";
  }

  private static void outcome(JsonGenerator json, OutcomeJson.Parsed outcome) throws IOException {
    json.writeStringField("outcome", outcome.kind().wireName());
    if (outcome.code().isPresent()) {
      json.writeStringField("code", outcome.code().get());
    }
    if (outcome.detail().isPresent()) {
      json.writeStringField("detail", outcome.detail().get());
    }
    if (outcome.of().isPresent()) {
      json.writeNumberField("of", outcome.of().getAsLong());
    }
    source(json, outcome.position(), outcome.recordedAt());
    json.writeNumberField("sequence", outcome.sequence());
    json.writeStringField("catalog", outcome.catalog());
  }

  private static void source(JsonGenerator json, Position position, Instant recordedAt)
      throws IOException {
    json.writeObjectFieldStart("source");
    json.writeStringField("topic", position.source().topic());
    json.writeNumberField("partition", position.partition());
    json.writeNumberField("offset", position.offset());
    json.writeEndObject();
    json.writeStringField("recorded_at", recordedAt.toString());
  }

  private static void place(JsonGenerator json, String field, UsageAccount.Place place)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("topic", place.topic());
    json.writeNumberField("partition", place.partition());
    json.writeNumberField("offset", place.offset());
    json.writeEndObject();
  }

  private static void pricing(JsonGenerator json, Explanation explanation) throws IOException {
    json.writeObjectFieldStart("pricing");
    json.writeStringField("catalog", explanation.entry().header().catalog());
    switch (explanation.pricing()) {
      case Pricing.Given given -> {
        json.writeStringField("by", "event");
        json.writeStringField("credits", given.credits().toString());
      }
      case Pricing.Metered metered -> {
        String meter = metered.meter().name().value();
        json.writeStringField("by", "meter");
        json.writeStringField("credits", metered.credits().toString());
        json.writeStringField("meter", meter);
        json.writeStringField("aggregation", metered.meter().aggregation().wireName());
        json.writeStringField("quantity", metered.quantity().toString());
        json.writeStringField("rule", rule(meter, metered.applied()));
        json.writeArrayFieldStart("rates");
        for (RateChoice choice : metered.rates()) {
          rate(json, meter, choice);
        }
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }

  /** A rate's place in the catalog, as the catalog's own mistakes are told. */
  private static String rule(String meter, RateChoice choice) {
    return "meters." + meter + ".rates[" + choice.place() + "]";
  }

  private static void rate(JsonGenerator json, String meter, RateChoice choice) throws IOException {
    Rate rate = choice.rate();
    json.writeStartObject();
    json.writeStringField("rule", rule(meter, choice));
    json.writeStringField("verdict", choice.verdict().wireName());
    json.writeStringField("why", choice.why());
    json.writeStringField("credits", rate.creditsPerPackage().toPlainString());
    json.writeStringField("per", rate.packageSize().toString());
    json.writeObjectFieldStart("match");
    for (Map.Entry<String, String> one : new TreeMap<>(rate.match()).entrySet()) {
      json.writeStringField(one.getKey(), one.getValue());
    }
    json.writeEndObject();
    Json.writeTime(json, "effective_from", rate.effectiveFrom());
    json.writeEndObject();
  }

  private static void grants(JsonGenerator json, List<GrantVerdict> grants) throws IOException {
    json.writeArrayFieldStart("grants");
    for (GrantVerdict verdict : grants) {
      json.writeStartObject();
      json.writeStringField("verdict", verdict.verdict().wireName());
      json.writeStringField("why", verdict.why());
      json.writeStringField("paid", verdict.paid().toString());
      json.writeFieldName("before");
      GrantJson.writeShort(json, verdict.before());
      json.writeObjectFieldStart("after");
      json.writeStringField("remaining", verdict.after().remaining().toString());
      json.writeStringField("held", verdict.after().held().toString());
      json.writeStringField("available", verdict.after().unheld().toString());
      json.writeEndObject();
      json.writeArrayFieldStart("moved");
      for (Posting posting : verdict.moved()) {
        json.writeStartObject();
        json.writeStringField("move", posting.move().wireName());
        json.writeStringField("amount", posting.amount().toString());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void policy(JsonGenerator json, PolicyInForce policy) throws IOException {
    json.writeStringField("policy", policy.policy().overdraft().wireName());
    Json.writeText(json, "limit", policy.policy().limit().map(Object::toString));
    json.writeStringField("set_by", policy.whose().wireName());
  }

  private static void balance(JsonGenerator json, String field, UnitBalance balance)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("settled", balance.settled().toString());
    json.writeStringField("held", balance.held().toString());
    json.writeStringField("available", balance.available().toString());
    json.writeStringField("overage", balance.overage().toString());
    json.writeStringField("overdraft", balance.overdraft().toString());
    json.writeEndObject();
  }
}
