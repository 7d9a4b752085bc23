package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.creditledger.core.entry.Change;
import io.creditledger.core.id.EventId;
import io.creditledger.streams.query.UsageAccount;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stripe-sync says of a usage: the window it went into, and that window's events. An
 * explanation does not fail for it: where stripe-sync does not answer, it says so.
 */
final class StripeWindows implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StripeWindows.class);
  private static final Duration WITHIN = Duration.ofSeconds(3);
  private static final String UNAVAILABLE = "{\"state\":\"unavailable\"}";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(WITHIN)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private volatile Optional<URI> sync = Optional.empty();

  void at(URI address) {
    sync = Optional.of(address);
  }

  /** A JSON object; absent where nobody is to be asked, or the usage could not be billed. */
  Optional<String> windowOf(UsageAccount account) {
    return sync.flatMap(address -> counted(account).map(usage -> ask(address, account, usage)));
  }

  /** The id under which it counts: of a settlement the reservation's; of a refusal none. */
  private static Optional<EventId> counted(UsageAccount account) {
    return switch (account) {
      case UsageAccount.Refused refused -> Optional.empty();
      case UsageAccount.Decided decided ->
          Optional.of(
              decided.explanation().entry().change() instanceof Change.Settled settled
                  ? settled.reservation()
                  : decided.id());
    };
  }

  private String ask(URI address, UsageAccount account, EventId usage) {
    String query =
        "/v1/usage?customer="
            + encoded(account.customer().value())
            + "&usage="
            + encoded(usage.value());
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address.toString().replaceFirst("/+$", "") + query))
                  .timeout(WITHIN)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && isObject(answer.body()) ? answer.body() : UNAVAILABLE;
    } catch (IOException e) {
      LOG.warn("stripe-sync does not answer: {}", e.toString());
      return UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNAVAILABLE;
    }
  }

  /** Whatever else answers there must not break the explanation. */
  private static boolean isObject(String body) {
    try (JsonParser parser = Json.parser(body.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
