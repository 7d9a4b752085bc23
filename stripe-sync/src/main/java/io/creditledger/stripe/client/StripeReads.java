package io.creditledger.stripe.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.net.ApiResource.RequestMethod;
import io.creditledger.stripe.client.Attempt.Again;
import io.creditledger.stripe.client.Attempt.Done;
import io.creditledger.stripe.client.Attempt.Refused;
import io.creditledger.stripe.json.StripeJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at objects of Stripe as they are now, as JSON in the version of the API that this program
 * was made for.
 */
public final class StripeReads {

  private static final int MISSING = 404;
  private static final int PAGE = 100;

  private final StripeCalls stripe;

  /** Reads with these calls. */
  public StripeReads(StripeCalls stripe) {
    this.stripe = stripe;
  }

  /**
   * An object; empty if Stripe has none there.
   *
   * @param path from {@code /v1} or {@code /v2} on, with its query
   * @throws NotNowException if Stripe cannot answer now
   * @throws CannotException if Stripe refuses to answer
   */
  public Optional<JsonNode> find(String path) throws InterruptedException {
    Attempt<String> answer =
        stripe.call(client -> client.rawRequest(RequestMethod.GET, path, null).body());
    return switch (answer) {
      case Done<String> done -> Optional.of(json(path, done.value()));
      case Again<String> again -> throw new NotNowException(path + ": " + again.why());
      case Refused<String> refused -> missing(path, refused);
    };
  }

  private static Optional<JsonNode> missing(String path, Refused<String> refused) {
    if (refused.status() == MISSING) {
      return Optional.empty();
    }
    throw new CannotException(
        "Stripe refused " + path + ": " + refused.status() + " " + refused.message());
  }

  /** All objects of a list of the first API, page after page. */
  public List<JsonNode> all(String path) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String more = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
    String next = more;
    while (true) {
      JsonNode page =
          find(next).orElseThrow(() -> new CannotException("Stripe has no list " + path));
      List<JsonNode> items = StripeJson.items(page);
      all.addAll(items);
      if (items.isEmpty() || !page.path("has_more").asBoolean()) {
        return all;
      }
      next = more + "&starting_after=" + escaped(items.getLast().path("id").asText());
    }
  }

  /** A text as part of a path or query. */
  public static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode json(String path, String body) {
    return StripeJson.parse(body.getBytes(StandardCharsets.UTF_8))
        .orElseThrow(() -> new NotNowException(path + ": the answer is not JSON"));
  }
}
