package io.creditledger.stripe.webhook;

import io.creditledger.relay.Database;
import io.creditledger.stripe.webhook.Inbox.Origin;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Stripe posts its events: checks who signed them, keeps them, and answers at once. Whatever
 * is answered with an error, Stripe sends again.
 */
public final class WebhookEndpoint {

  /** Where snapshot events are posted. */
  public static final String SNAPSHOTS = "/stripe/webhooks";

  /** Where thin events are posted. */
  public static final String THIN = "/stripe/events";

  private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);
  private static final HeaderName SIGNATURE = HeaderNames.create("Stripe-Signature");

  /** Stripe's largest events are a fraction of this. */
  private static final int BYTES_MAX = 1 << 20;

  private static final String COUNTER = "stripe_webhooks";
  private static final String OUTCOME = "outcome";

  private final Database database;
  private final SignatureCheck signatures;
  private final InstantSource clock;
  private final Runnable kept;
  private final MeterRegistry metrics;

  /**
   * An endpoint.
   *
   * @param kept is run after an event was kept
   */
  public WebhookEndpoint(
      Database database,
      SignatureCheck signatures,
      InstantSource clock,
      Runnable kept,
      MeterRegistry metrics) {
    this.database = database;
    this.signatures = signatures;
    this.clock = clock;
    this.kept = kept;
    this.metrics = metrics;
  }

  /** Adds the routes. Either takes both styles: an event says itself which it is. */
  public void addTo(HttpRouting.Builder routing) {
    routing.post(SNAPSHOTS, this::take).post(THIN, this::take);
  }

  private void take(ServerRequest request, ServerResponse response) {
    byte[] body = body(request);
    Optional<WebhookRefusal> refusal =
        body.length > BYTES_MAX
            ? Optional.of(WebhookRefusal.TOO_LARGE)
            : signatures.refusal(body, request.headers().first(SIGNATURE));
    if (refusal.isPresent()) {
      refuse(response, refusal.get());
      return;
    }
    try {
      keep(body);
      response.status(Status.OK_200).send();
    } catch (JdbiException e) {
      LOG.warn("a webhook could not be kept; Stripe will send it again", e);
      metrics.counter(COUNTER, OUTCOME, "not_kept").increment();
      response.status(Status.SERVICE_UNAVAILABLE_503).send("the event could not be kept");
    }
  }

  private void refuse(ServerResponse response, WebhookRefusal refusal) {
    LOG.warn("a webhook was refused: {}", refusal.message());
    metrics.counter(COUNTER, OUTCOME, refusal.label()).increment();
    response.status(Status.create(refusal.status())).send(refusal.message());
  }

  private void keep(byte[] body) {
    try {
      StripeEvent event = StripeEvent.read(body);
      boolean fresh =
          database
              .jdbi()
              .withHandle(
                  handle -> Inbox.keep(handle, event, body, Origin.WEBHOOK, clock.instant()));
      metrics.counter(COUNTER, OUTCOME, fresh ? "kept" : "known").increment();
      kept.run();
    } catch (UnreadableEventException unreadable) {
      LOG.warn("a signed webhook is parked: {}", unreadable.getMessage());
      database
          .jdbi()
          .useHandle(
              handle ->
                  Inbox.keepUnreadable(handle, body, unreadable.getMessage(), clock.instant()));
      metrics.counter(COUNTER, OUTCOME, "unreadable").increment();
    }
  }

  /** The body, or one byte more than is allowed of it. */
  private static byte[] body(ServerRequest request) {
    try {
      return request.content().inputStream().readNBytes(BYTES_MAX + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("the body could not be read", e);
    }
  }
}
