package io.creditledger.streams.webhook;

import io.creditledger.relay.Database;
import io.creditledger.relay.Relay;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** What runs once the database is there. */
final class RunningWebhooks implements AutoCloseable {

  private static final String RELAY = "webhooks";

  private final Database database;
  private final Relay relay;
  private final List<EndpointSender> senders;
  private final Upkeep upkeep;
  private final OutboxDesk desk;

  private RunningWebhooks(
      Database database,
      Relay relay,
      List<EndpointSender> senders,
      Upkeep upkeep,
      OutboxDesk desk) {
    this.database = database;
    this.relay = relay;
    this.senders = senders;
    this.upkeep = upkeep;
    this.desk = desk;
  }

  /** Starts it; it owns the database from then on. */
  static RunningWebhooks start(
      WebhookSettings settings,
      AlertSource source,
      Database database,
      Poster poster,
      WebhookMetrics metrics,
      Clock clock) {
    Outbox outbox = new Outbox(database.jdbi());
    OutboxDesk desk = new OutboxDesk(database.jdbi());
    Relay relay =
        new Relay(
            RELAY,
            Set.of(source.topic()),
            // Who sets up webhooks wants to hear what happens, not what happened.
            Relay.Beginning.LATEST,
            source.kafka().reader(source.group()),
            database,
            new OutboxSink(settings.endpoints(), clock));
    List<EndpointSender> senders =
        settings.endpoints().stream()
            .map(endpoint -> new EndpointSender(endpoint, outbox, poster, metrics, clock))
            .toList();
    Upkeep upkeep = new Upkeep(desk, metrics, settings.keepDelivered(), clock);
    metrics.bindRelay(relay::status);
    relay.start();
    senders.forEach(EndpointSender::start);
    upkeep.start();
    return new RunningWebhooks(database, relay, senders, upkeep, desk);
  }

  OutboxDesk desk() {
    return desk;
  }

  @Override
  public void close() {
    relay.close();
    senders.parallelStream().forEach(EndpointSender::close);
    upkeep.close();
    database.close();
  }
}
