package io.creditledger.stripe.setup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.Part;
import io.creditledger.stripe.Services;
import io.creditledger.stripe.setup.Wanted.Result;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;

/** Sets Stripe up when an operator asks for it: {@code POST /v1/setup}. */
public final class SetupPart implements Part {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Services services;

  /** Works with what the parts share. */
  public SetupPart(Services services) {
    this.services = services;
  }

  @Override
  public void adminRoutes(HttpRouting.Builder routing) {
    routing.post("/v1/setup", this::setup);
  }

  private void setup(ServerRequest request, ServerResponse response) throws InterruptedException {
    ArrayNode items = MAPPER.createArrayNode();
    new StripeSetup(services.stripe())
        .run(services.config().rules(), services.catalog().current())
        .forEach(result -> add(items, result));
    ObjectNode body = MAPPER.createObjectNode();
    body.set("items", items);
    response.header(HeaderNames.CONTENT_TYPE, "application/json").send(body.toString());
  }

  private static void add(ArrayNode items, Result result) {
    ObjectNode item =
        items
            .addObject()
            .put("kind", result.kind())
            .put("key", result.key())
            .put("outcome", result.outcome().name().toLowerCase(Locale.ROOT))
            .put("detail", result.detail());
    result.id().ifPresent(id -> item.put("id", id));
  }
}
