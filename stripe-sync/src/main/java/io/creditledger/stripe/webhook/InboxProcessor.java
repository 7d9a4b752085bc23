package io.creditledger.stripe.webhook;

import io.creditledger.relay.Backoff;
import io.creditledger.relay.Database;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.NotNowException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.webhook.Inbox.Turn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has each event dealt with once: what its handler writes, and that it is done, are one
 * transaction, which also keeps every other instance away from it. One that cannot be dealt with
 * now waits, longer each time, and holds up no other.
 */
public final class InboxProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(InboxProcessor.class);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(10));

  private final Database database;
  private final InstantSource clock;
  private final ThinEvents thin;
  private final Map<String, EventHandler> handlers = new HashMap<>();

  /**
   * A processor.
   *
   * @throws IllegalArgumentException if two handlers know the same type
   */
  public InboxProcessor(
      Database database, InstantSource clock, StripeReads reads, List<EventHandler> handlers) {
    this.database = database;
    this.clock = clock;
    this.thin = new ThinEvents(reads);
    for (EventHandler handler : handlers) {
      for (String type : handler.types()) {
        if (this.handlers.putIfAbsent(type, handler) != null) {
          throw new IllegalArgumentException("two handlers know the type " + type);
        }
      }
    }
  }

  /** The types of events that anybody has a use for. */
  public Set<String> types() {
    return Set.copyOf(handlers.keySet());
  }

  /** One step of the loop: an event, if there is one. */
  public Duration step() throws InterruptedException {
    return processOne() ? Duration.ZERO : IDLE;
  }

  /** Deals with one event whose turn has come; false if there is none. */
  public boolean processOne() throws InterruptedException {
    try (Handle handle = database.jdbi().open()) {
      handle.begin();
      Optional<Turn> turn = Inbox.next(handle, clock.instant());
      if (turn.isEmpty()) {
        handle.rollback();
        return false;
      }
      process(handle, turn.get());
      return true;
    }
  }

  private void process(Handle handle, Turn turn) throws InterruptedException {
    try {
      Inbox.end(handle, turn.id(), handled(handle, turn), clock.instant());
      handle.commit();
    } catch (CannotException parked) {
      handle.rollback();
      LOG.warn("event {} is parked: {}", turn.id(), parked.getMessage());
      Inbox.end(handle, turn.id(), new Handled.Parked(parked.getMessage()), clock.instant());
    } catch (NotNowException later) {
      handle.rollback();
      LOG.info("event {} waits: {}", turn.id(), later.getMessage());
      postpone(handle, turn, later.getMessage());
    } catch (RuntimeException failed) {
      handle.rollback();
      LOG.warn("event {} failed and is tried again", turn.id(), failed);
      postpone(handle, turn, failed.toString());
    }
  }

  private Handled handled(Handle handle, Turn turn) throws InterruptedException {
    try {
      return handled(handle, StripeEvent.read(turn.body().getBytes(StandardCharsets.UTF_8)));
    } catch (UnreadableEventException impossible) {
      throw new IllegalStateException("event " + turn.id() + " was read before", impossible);
    }
  }

  private Handled handled(Handle handle, StripeEvent event) throws InterruptedException {
    Optional<String> account = event.connectedAccount();
    if (account.isPresent()) {
      return new Handled.Ignored("it happened in the connected account " + account.get());
    }
    EventHandler handler = handlers.get(event.type());
    if (handler != null) {
      return handler.handle(handle, event);
    }
    EventHandler ofTwin = handlers.get(ThinEvents.snapshotType(event.type()));
    if (ofTwin != null && event.style() == StripeEvent.Style.THIN) {
      return ofTwin.handle(handle, thin.snapshot(event));
    }
    return new Handled.Ignored("stripe-sync has no use for the type " + event.type());
  }

  private void postpone(Handle handle, Turn turn, String why) {
    Duration wait = RETRY.after(turn.attempts() + 1, ThreadLocalRandom.current().nextDouble());
    Inbox.postpone(handle, turn.id(), clock.instant().plus(wait), why);
  }
}
