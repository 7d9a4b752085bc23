package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.DueEvents;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.EventId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Whose time has come. The store holds at most one timer for each customer, at the instant when the
 * account's next event is due; which events those are, the account itself says.
 */
final class Timers {

  /** Timers looked at in one go, so that a crowd of them delays usage by little. */
  private static final int BATCH_MAX = 2_000;

  private static final byte[] SET = {1};

  private final KeyValueStore<Bytes, byte[]> store;
  private final TimerSettings settings;
  private final Map<Published, Instant> published = new HashMap<>();
  private final Map<Bytes, Instant> lookedAt = new HashMap<>();

  private record Published(String customer, EventId event) {}

  Timers(KeyValueStore<Bytes, byte[]> store, TimerSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** Moves a customer's timer to where the account after an entry wants it. */
  void reschedule(
      byte[] customer, Account before, Account after, LedgerEntry entry, Catalog catalog) {
    if (entry.change() instanceof Change.Used && after.settings().topUp().isEmpty()) {
      return; // Usage brings nothing nearer in time but a top-up; this is the hot path.
    }
    move(customer, DueEvents.next(before, catalog), DueEvents.next(after, catalog));
  }

  private void move(byte[] customer, Optional<Instant> from, Optional<Instant> to) {
    if (from.equals(to)) {
      return;
    }
    from.ifPresent(due -> store.delete(Bytes.wrap(StoreKeys.timer(due, customer))));
    to.ifPresent(
        due -> {
          Bytes key = Bytes.wrap(StoreKeys.timer(due, customer));
          store.put(key, SET);
          lookedAt.remove(key);
        });
  }

  /**
   * Publishes what is due. The timer stays until the event has been decided; until then the event
   * is not published again, unless it seems lost.
   */
  void publishDue(
      Instant now,
      Catalog catalog,
      Function<byte[], Account> load,
      BiConsumer<byte[], LedgerEvent> publish) {
    published.values().removeIf(at -> lost(at, now));
    lookedAt.values().removeIf(at -> lost(at, now));
    for (Bytes key : dueKeys(now)) {
      byte[] customer = Arrays.copyOfRange(key.get(), Long.BYTES, key.get().length);
      Account account = load.apply(customer);
      List<DueEvents.Due> due = DueEvents.until(account, catalog, now);
      if (due.isEmpty()) {
        // The account or the catalog has changed since it was set.
        store.delete(key);
        move(customer, Optional.empty(), DueEvents.next(account, catalog));
      }
      for (DueEvents.Due one : due) {
        Published mark = new Published(account.customer().value(), one.event().id());
        if (published.putIfAbsent(mark, now) == null) {
          publish.accept(customer, one.event());
        }
      }
      lookedAt.put(key, now);
    }
  }

  private boolean lost(Instant publishedAt, Instant now) {
    return !publishedAt.plus(settings.retryAfter()).isAfter(now);
  }

  /** The next timers that are due and were not looked at a moment ago, the earliest first. */
  private List<Bytes> dueKeys(Instant now) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> due =
        store.range(Bytes.wrap(new byte[Long.BYTES]), Bytes.wrap(StoreKeys.timersAfter(now)))) {
      while (due.hasNext() && keys.size() < BATCH_MAX) {
        Bytes key = due.next().key;
        if (!lookedAt.containsKey(key)) {
          keys.add(key);
        }
      }
    }
    return keys;
  }
}
