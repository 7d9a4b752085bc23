package io.creditledger.streams.webhook;

import io.creditledger.streams.webhook.AttemptResult.Answered;
import io.creditledger.streams.webhook.AttemptResult.Unanswered;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Posts one message once, signed for the moment it is sent. Redirects are not followed. */
final class Poster implements AutoCloseable {

  private static final int DETAIL_CHARS_MAX = 200;

  private final Clock clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Poster(Clock clock) {
    this.clock = clock;
  }

  /**
   * What became of it, at the latest when the endpoint's timeout has passed.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile; then nobody knows
   */
  AttemptResult post(WebhookEndpoint endpoint, WebhookMessage message) throws InterruptedException {
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request(endpoint, message), BodyHandlers.discarding());
    try {
      // Not the client's own limit, which ends with the headers: a body may drip on for ever.
      HttpResponse<Void> answer =
          exchange.get(endpoint.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Answered(answer.statusCode(), retryAfter(answer));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return new Unanswered("no answer in " + endpoint.timeout().toMillis() + " ms");
    } catch (ExecutionException e) {
      return new Unanswered(why(e.getCause()));
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw e;
    }
  }

  private HttpRequest request(WebhookEndpoint endpoint, WebhookMessage message) {
    Instant now = clock.instant();
    return HttpRequest.newBuilder(endpoint.url().uri())
        .header("Content-Type", "application/json")
        .header("User-Agent", "credit-ledger")
        .header("webhook-id", message.id())
        .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
        .header(
            "webhook-signature",
            SigningSecret.header(endpoint.secrets(), message.id(), now, message.body()))
        .POST(BodyPublishers.ofString(message.body()))
        .build();
  }

  private Optional<Duration> retryAfter(HttpResponse<Void> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .flatMap(value -> RetryAfter.parse(value, clock.instant()));
  }

  private static String why(Throwable failure) {
    String what =
        switch (failure) {
          case HttpConnectTimeoutException e -> "cannot connect";
          case ConnectException e -> "cannot connect";
          case SSLException e -> "no TLS";
          case IOException e -> "the connection broke";
          default -> "cannot send";
        };
    String detail =
        Optional.ofNullable(failure.getMessage())
            .map(message -> what + ": " + message)
            .orElse(what);
    return detail.length() <= DETAIL_CHARS_MAX ? detail : detail.substring(0, DETAIL_CHARS_MAX);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
