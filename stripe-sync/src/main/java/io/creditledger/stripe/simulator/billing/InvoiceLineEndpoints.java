package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.util.ArrayList;
import java.util.List;

/** An invoice's lines: read, and while it is a draft added, changed and taken off. */
public final class InvoiceLineEndpoints {

  private static final String URL = "/v1/invoices/{id}";
  private static final int LINES_MAX = 250;

  private final World world;
  private final InvoiceBook book;
  private final InvoiceItems items;

  public InvoiceLineEndpoints(World world, InvoiceBook book, InvoiceItems items) {
    this.world = world;
    this.book = book;
    this.items = items;
  }

  public void addTo(Routes routes) {
    routes.add(
        "GET " + URL + "/lines",
        "limit int starting_after string ending_before string",
        call -> {
          ObjectNode invoice = book.invoices().get(call.id());
          book.lines().refresh(invoice);
          return Table.page(
              InvoiceLines.of(invoice), call.params(), "/v1/invoices/" + call.id() + "/lines");
        });
    routes.add(
        "POST " + URL + "/lines/{line}",
        InvoiceItems.FIELDS,
        call -> update(editable(call.id()), call.ids().get(1), call.params()));
    routes.add(
        "POST " + URL + "/add_lines",
        "invoice_metadata map lines* [{invoice_item string " + InvoiceItems.FIELDS + "}]",
        call -> addLines(editable(call.id()), call.params()));
    routes.add(
        "POST " + URL + "/update_lines",
        "invoice_metadata map lines* [{id* string " + InvoiceItems.FIELDS + "}]",
        call -> {
          ObjectNode invoice = editable(call.id());
          Json.objects(call.params(), "lines")
              .forEach(line -> update(invoice, Json.string(line, "id"), line));
          return invoice;
        });
    routes.add(
        "POST " + URL + "/remove_lines",
        "invoice_metadata map lines* [{id* string behavior* enum(delete|unassign)}]",
        call -> removeLines(editable(call.id()), call.params()));
  }

  private ObjectNode editable(String id) {
    ObjectNode invoice = book.invoices().get(id);
    InvoiceBook.requireEditable(invoice);
    return invoice;
  }

  private ObjectNode addLines(ObjectNode invoice, ObjectNode params) {
    List<ObjectNode> added = Json.objects(params, "lines");
    if (InvoiceLines.of(invoice).size() + added.size() > LINES_MAX) {
      throw ApiError.invalidParameter("lines", "An invoice can have at most 250 lines.");
    }
    ObjectNode customer = world.table(World.CUSTOMERS).get(Json.string(invoice, "customer"));
    ObjectNode before = invoice.deepCopy();
    List<ObjectNode> attached = new ArrayList<>();
    for (ObjectNode line : added) {
      attached.add(
          Json.text(line, "invoice_item")
              .map(id -> world.table(InvoiceBook.ITEMS).get(id, "lines[invoice_item]"))
              .orElseGet(
                  () ->
                      items.make(
                          customer,
                          line.deepCopy().put("currency", Json.string(invoice, "currency")))));
    }
    attached.forEach(item -> book.attach(item, invoice));
    merge(invoice, params);
    return book.changed(invoice, before);
  }

  private static void merge(ObjectNode invoice, ObjectNode params) {
    if (Json.has(params, "invoice_metadata")) {
      ObjectNode metadata = Json.object();
      metadata.set("metadata", params.get("invoice_metadata"));
      Json.mergeMetadata(metadata, invoice);
    }
  }

  private ObjectNode update(ObjectNode invoice, String lineId, ObjectNode params) {
    ObjectNode line =
        InvoiceLines.of(invoice).stream()
            .filter(each -> Json.string(each, "id").equals(lineId))
            .findFirst()
            .orElseThrow(() -> ApiError.noSuch("line_item", lineId, "id"));
    ObjectNode before = invoice.deepCopy();
    Json.copy(params, line, "description", "period");
    Json.mergeMetadata(params, line);
    if (Json.has(params, "amount")) {
      if (Json.has(line, "_meter")) {
        throw ApiError.invalidParameter("amount", "You cannot set the amount of a metered line.");
      }
      long amount = Json.number(params, "amount");
      line.put("amount", amount).put("subtotal", amount);
    }
    book.changed(invoice, before);
    return line;
  }

  private ObjectNode removeLines(ObjectNode invoice, ObjectNode params) {
    ObjectNode before = invoice.deepCopy();
    for (ObjectNode removed : Json.objects(params, "lines")) {
      String id = Json.string(removed, "id");
      InvoiceLines.of(invoice).stream()
          .filter(line -> Json.string(line, "id").equals(id))
          .findFirst()
          .flatMap(line -> Json.text(line, "_item"))
          .ifPresent(
              item -> {
                if (Json.string(removed, "behavior").equals("delete")) {
                  world.table(InvoiceBook.ITEMS).remove(item);
                } else {
                  world.table(InvoiceBook.ITEMS).get(item).putNull("invoice");
                }
              });
      Removal.of(invoice, line -> line.path("id").asText().equals(id));
    }
    merge(invoice, params);
    return book.changed(invoice, before);
  }
}
