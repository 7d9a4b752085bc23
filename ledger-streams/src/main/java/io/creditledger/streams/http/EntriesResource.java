package io.creditledger.streams.http;

import io.creditledger.core.id.CustomerId;
import io.creditledger.streams.query.EntryPage;
import io.creditledger.streams.query.LedgerAccess;
import java.util.List;
import java.util.OptionalLong;

/** A customer's journal, newest first, as far back as the instance keeps it. */
final class EntriesResource {

  private static final int LIMIT_DEFAULT = 50;

  private final LedgerAccess ledger;
  private final Owners owners;

  EntriesResource(LedgerAccess ledger, Owners owners) {
    this.ledger = ledger;
    this.owners = owners;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/customers/{customer}/entries", this::list));
  }

  private Reply list(Request request) {
    CustomerId customer = request.customer();
    Query query = request.query("before", "limit");
    OptionalLong before =
        query.text("before").map(EntriesResource::sequence).orElse(OptionalLong.empty());
    int limit = query.limit(LIMIT_DEFAULT);
    return owners.answer(
        customer, request, () -> page(customer, ledger.entries(customer, before, limit), limit));
  }

  private static OptionalLong sequence(String text) {
    if (!text.matches("\\d{1,18}") || Long.parseLong(text) < 1) {
      throw Problem.of(
              ErrorCode.CURSOR_INVALID, "before", "before is not an entry's sequence number")
          .exception();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static Reply page(CustomerId customer, EntryPage page, int limit) {
    List<EntryPage.Item> entries = page.entries();
    boolean more = !page.complete() && entries.size() >= limit;
    return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("customer", customer.value());
              json.writeArrayFieldStart("entries");
              for (EntryPage.Item entry : entries) {
                json.writeRawValue(entry.json());
              }
              json.writeEndArray();
              if (more) {
                json.writeNumberField("next", entries.get(entries.size() - 1).sequence());
              } else {
                json.writeNullField("next");
              }
              json.writeBooleanField("complete", page.complete());
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
  }
}
