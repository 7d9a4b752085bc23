package io.creditledger.stripe.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.relay.Database;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.NotNowException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.rules.WebhookRule;
import io.creditledger.stripe.webhook.Inbox.Origin;
import io.creditledger.stripe.webhook.ReadingPositions.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the events whose webhooks never came: reads Stripe's lists of events on from the last one
 * seen there, and keeps in the inbox what is not there yet. Times are Stripe's throughout, so the
 * machine's clock may be wrong. Where a list is read for the first time, nothing of before is
 * taken: whatever those payments bought was somebody else's business.
 */
public final class CatchUp {

  /** An event may be listed later than one that was made after it. */
  static final Duration OVERLAP = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final String SECOND_API = "v1.";

  private final Database database;
  private final StripeReads reads;
  private final WebhookRule rule;
  private final InstantSource clock;
  private final Runnable kept;
  private final Map<EventList, List<List<String>>> types = new EnumMap<>(EventList.class);

  /**
   * A reader.
   *
   * @param known the types of events that anybody has a use for
   * @param kept is run after events were found
   */
  public CatchUp(
      Database database,
      StripeReads reads,
      WebhookRule rule,
      Collection<String> known,
      InstantSource clock,
      Runnable kept) {
    this.database = database;
    this.reads = reads;
    this.rule = rule;
    this.clock = clock;
    this.kept = kept;
    List<String> sorted = known.stream().sorted().toList();
    types.put(
        EventList.SNAPSHOT,
        parts(sorted.stream().filter(type -> !type.startsWith(SECOND_API)).toList()));
    types.put(
        EventList.THIN,
        parts(sorted.stream().filter(type -> type.startsWith(SECOND_API)).toList()));
  }

  private static List<List<String>> parts(List<String> types) {
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < types.size(); from += EventList.TYPES_MAX) {
      parts.add(types.subList(from, Math.min(types.size(), from + EventList.TYPES_MAX)));
    }
    return parts;
  }

  /** One step of the loop: reads both lists, and forgets what ended long ago. */
  public Duration step() throws InterruptedException {
    try {
      int found = 0;
      for (EventList list : EventList.values()) {
        found += read(list);
      }
      if (found > 0) {
        LOG.info("{} events were found in Stripe's lists", found);
        kept.run();
      }
    } catch (NotNowException | CannotException unread) {
      LOG.warn("Stripe's events cannot be listed, and will be later: {}", unread.getMessage());
      return RETRY.compareTo(rule.catchUp()) < 0 ? RETRY : rule.catchUp();
    }
    database.jdbi().useHandle(handle -> Inbox.forget(handle, clock.instant().minus(rule.kept())));
    return rule.catchUp();
  }

  private int read(EventList list) throws InterruptedException {
    // Looked at first: what is made while pages are read is left for the next time, whole.
    Instant newest = list.newest(reads).map(CatchUp::createdAt).orElse(Instant.EPOCH);
    Optional<Position> before =
        database.jdbi().withHandle(handle -> ReadingPositions.find(handle, list));
    int found = 0;
    if (before.isPresent()) {
      Instant from = before.get().from(OVERLAP);
      for (List<String> part : types.get(list)) {
        found += read(list, list.query(part, from, newest));
      }
    }
    Instant now = clock.instant();
    database.jdbi().useTransaction(handle -> ReadingPositions.keep(handle, list, newest, now));
    return found;
  }

  private int read(EventList list, String query) throws InterruptedException {
    int found = 0;
    Optional<String> next = Optional.of(query);
    while (next.isPresent()) {
      JsonNode page = list.page(reads, next.get());
      for (JsonNode event : StripeJson.items(page)) {
        found += keep(event) ? 1 : 0;
      }
      next = list.next(query, page);
    }
    return found;
  }

  private boolean keep(JsonNode json) {
    byte[] body = StripeJson.bytes(json);
    try {
      StripeEvent event = StripeEvent.read(json);
      return database
          .jdbi()
          .withHandle(handle -> Inbox.keep(handle, event, body, Origin.CATCH_UP, clock.instant()));
    } catch (UnreadableEventException unreadable) {
      LOG.warn("a listed event is parked: {}", unreadable.getMessage());
      database
          .jdbi()
          .useHandle(
              handle ->
                  Inbox.keepUnreadable(handle, body, unreadable.getMessage(), clock.instant()));
      return false;
    }
  }

  private static Instant createdAt(JsonNode event) {
    try {
      return StripeEvent.read(event).createdAt();
    } catch (UnreadableEventException unreadable) {
      throw new CannotException("the newest event cannot be read: " + unreadable.getMessage());
    }
  }
}
