package io.creditledger.streams.webhook;

import io.creditledger.relay.Database;
import io.creditledger.relay.DatabaseSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks of one instance, from start to close. They start beside the ledger and wait for
 * their database as long as it takes; nothing waits for them.
 */
public final class Webhooks implements WebhookAccess, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final String MIGRATIONS = "io/creditledger/streams/webhook/db";
  private static final int CONNECTIONS = 8;
  private static final Duration STOP_AGAIN = Duration.ofMillis(50);

  private final WebhookSettings settings;
  private final AlertSource source;
  private final CompletableFuture<String> postgres;
  private final Clock clock;
  private final WebhookMetrics metrics;
  private final Poster poster;
  private final Thread starter = Thread.ofVirtual().name("webhooks-start").unstarted(this::begin);
  private volatile Optional<RunningWebhooks> running = Optional.empty();

  /**
   * Webhooks, not yet started.
   *
   * @param postgres where the database is, once that is known
   */
  public Webhooks(
      WebhookSettings settings,
      AlertSource source,
      CompletableFuture<String> postgres,
      Clock clock,
      MeterRegistry registry) {
    this.settings = settings;
    this.source = source;
    this.postgres = postgres;
    this.clock = clock;
    this.metrics = new WebhookMetrics(registry, clock, settings.endpoints());
    this.poster = new Poster(clock);
  }

  /** Begins to wait for the database, and then to send. */
  public void start() {
    starter.start();
  }

  private void begin() {
    try {
      Database database =
          Database.await(
              new DatabaseSettings(postgres.get(), settings.schema(), MIGRATIONS, CONNECTIONS));
      running =
          Optional.of(RunningWebhooks.start(settings, source, database, poster, metrics, clock));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException nowhere) {
      LOG.error("nobody is told of alerts, because there is no database", nowhere.getCause());
    } catch (RuntimeException failed) {
      LOG.error("nobody is told of alerts, because that could not be started", failed);
    }
  }

  @Override
  public List<EndpointStatus> endpoints() {
    return asked(desk -> EndpointStatuses.of(settings.endpoints(), desk.open(), desk.delivered()));
  }

  @Override
  public List<Delivery> deliveries(DeliveryFilter filter, OptionalLong before, int limit) {
    return asked(desk -> desk.deliveries(filter, before, limit));
  }

  @Override
  public Redelivery redeliver(long delivery) {
    return asked(
        desk ->
            desk.redeliver(delivery, name -> settings.endpoint(name).isPresent(), clock.instant()));
  }

  @Override
  public OptionalInt redeliverDead(String endpoint) {
    return settings.endpoint(endpoint).isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(asked(desk -> desk.redeliverDead(endpoint, clock.instant())));
  }

  @Override
  public Optional<AttemptResult> test(String endpoint) {
    return settings.endpoint(endpoint).map(this::test);
  }

  private AttemptResult test(WebhookEndpoint endpoint) {
    try {
      return poster.post(endpoint, WebhookMessage.test(endpoint.name(), clock.instant()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new AttemptResult.Unanswered("the service is stopping");
    }
  }

  private <T> T asked(Function<OutboxDesk, T> question) {
    OutboxDesk desk =
        running
            .map(RunningWebhooks::desk)
            .orElseThrow(
                () ->
                    new WebhooksUnavailableException(
                        "the database of the webhooks has not been reached yet"));
    try {
      return question.apply(desk);
    } catch (JdbiException away) {
      LOG.warn("the database of the webhooks does not answer: {}", away.getMessage());
      throw new WebhooksUnavailableException(
          "the database of the webhooks does not answer now", away);
    }
  }

  /** Stops sending; what was not recorded as taken is sent again after the next start. */
  @Override
  public void close() {
    try {
      // Again and again, because a pool of connections that waits forgets that it was interrupted.
      while (starter.isAlive() && !starter.join(STOP_AGAIN)) {
        starter.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.ifPresent(RunningWebhooks::close);
    poster.close();
  }
}
