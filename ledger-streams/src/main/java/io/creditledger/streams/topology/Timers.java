package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.DueEvents;
import io.creditledger.core.catalog.Limits;
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
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Whose time has come. The store holds at most one timer for each customer, at the instant when the
 * account's next event is due; which events those are, the account itself says.
 */
final class Timers {

  /** Events published in one go, so that a crowd of them delays usage by little. */
  private static final int BATCH_MAX = 2_000;

  private static final byte[] SET = {1};

  private final KeyValueStore<Bytes, byte[]> store;
  private final TimerSettings settings;
  private final Map<Published, Instant> published = new HashMap<>();

  private record Published(String customer, EventId event) {}

  Timers(KeyValueStore<Bytes, byte[]> store, TimerSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** Moves a customer's timer to where the account after an entry wants it. */
  void reschedule(
      byte[] customer, Account before, Account after, LedgerEntry entry, Limits limits) {
    if (entry.change() instanceof Change.Used) {
      return; // Usage moves nothing in time; this is the hot path.
    }
    move(customer, DueEvents.next(before, limits), DueEvents.next(after, limits));
  }

  private void move(byte[] customer, Optional<Instant> from, Optional<Instant> to) {
    if (from.equals(to)) {
      return;
    }
    from.ifPresent(due -> store.delete(Bytes.wrap(StoreKeys.timer(due, customer))));
    to.ifPresent(due -> store.put(Bytes.wrap(StoreKeys.timer(due, customer)), SET));
  }

  /**
   * Publishes what is due. The timer stays until the event has been decided; until then the event
   * is not published again, unless it seems lost.
   */
  void publishDue(
      Instant now,
      Limits limits,
      Function<byte[], Account> load,
      BiConsumer<byte[], LedgerEvent> publish) {
    published.values().removeIf(at -> !at.plus(settings.retryAfter()).isAfter(now));
    int budget = BATCH_MAX;
    for (byte[] key : dueKeys(now)) {
      if (budget <= 0) {
        return;
      }
      byte[] customer = Arrays.copyOfRange(key, Long.BYTES, key.length);
      Account account = load.apply(customer);
      List<DueEvents.Due> due = DueEvents.until(account, limits, now);
      if (due.isEmpty()) {
        // The limits have changed since it was set.
        store.delete(Bytes.wrap(key));
        move(customer, Optional.empty(), DueEvents.next(account, limits));
      }
      for (DueEvents.Due one : due) {
        Published mark = new Published(account.customer().value(), one.event().id());
        if (published.putIfAbsent(mark, now) == null) {
          publish.accept(customer, one.event());
          budget--;
        }
      }
    }
  }

  private List<byte[]> dueKeys(Instant now) {
    List<byte[]> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> due =
        store.range(Bytes.wrap(new byte[Long.BYTES]), Bytes.wrap(StoreKeys.timersAfter(now)))) {
      while (due.hasNext()) {
        KeyValue<Bytes, byte[]> next = due.next();
        keys.add(next.key.get());
      }
    }
    return keys;
  }
}
