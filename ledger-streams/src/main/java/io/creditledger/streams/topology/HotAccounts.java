package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.id.CustomerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Accounts as they are, so that the next decision need not read and decode them: all that changed
 * since they were last written, and of the others those that were used last.
 *
 * <p>One thread uses it; any thread may ask for what changed.
 */
final class HotAccounts {

  /**
   * An account that changed since it was last written.
   *
   * @param recordedAtMillis the time of the input that changed it last
   */
  record Changed(Account account, long recordedAtMillis) {}

  private static final class Kept {
    private volatile Account account;
    private volatile boolean changed;
    private long recordedAtMillis;
    private boolean used = true;

    private Kept(Account account) {
      this.account = account;
    }
  }

  /** What an account weighs beside its grants and reservations, each of which weighs one. */
  private static final int WEIGHT_OF_ONE = 8;

  /** About 20 MB: the accounts of some 9,000 customers with three grants. */
  private static final int WEIGHT_MAX = 100_000;

  /** So many are looked at, each time, to see whether one can be given up. */
  private static final int LOOK = 4;

  private final Map<CustomerId, Kept> accounts = new ConcurrentHashMap<>();
  private final List<Kept> changed = new ArrayList<>();
  private final int weightMax;
  private int weight;
  private Optional<Kept> last = Optional.empty();
  private Iterator<Kept> hand = Collections.emptyIterator();

  HotAccounts() {
    this(WEIGHT_MAX);
  }

  /** With room for other than the usual. */
  HotAccounts(int weightMax) {
    this.weightMax = weightMax;
  }

  /** The customer's account, if it is kept. */
  Optional<Account> of(CustomerId customer) {
    Kept kept = accounts.get(customer);
    if (kept == null) {
      return Optional.empty();
    }
    kept.used = true;
    last = Optional.of(kept);
    return Optional.of(kept.account);
  }

  /** Keeps an account that is written, and that was not kept. */
  void keep(Account account) {
    add(account);
    makeRoom();
  }

  /**
   * Keeps an account, in the place of an earlier one, until it is written.
   *
   * @param recordedAtMillis the time of the input that led to it
   */
  void change(Account account, long recordedAtMillis) {
    Kept kept = kept(account);
    kept.recordedAtMillis = recordedAtMillis;
    if (!kept.changed) {
      kept.changed = true;
      changed.add(kept);
      makeRoom();
    }
  }

  private Kept kept(Account account) {
    CustomerId customer = account.customer();
    Kept kept =
        last.filter(one -> one.account.customer().equals(customer))
            .orElseGet(() -> accounts.get(customer));
    if (kept == null) {
      return add(account);
    }
    weight += weightOf(account) - weightOf(kept.account);
    kept.account = account;
    return kept;
  }

  private Kept add(Account account) {
    Kept kept = new Kept(account);
    accounts.put(account.customer(), kept);
    last = Optional.of(kept);
    weight += weightOf(account);
    return kept;
  }

  /**
   * Gives up accounts that were not used since they were looked at last. It looks at few, so that
   * no decision waits for it: there may be more than the room for a while.
   */
  private void makeRoom() {
    for (int looked = 0; weight > weightMax && looked < LOOK; looked++) {
      if (!hand.hasNext()) {
        hand = accounts.values().iterator();
      }
      Kept next = hand.next();
      if (next.used || next.changed) {
        next.used = false;
      } else {
        hand.remove();
        weight -= weightOf(next.account);
        last = last.filter(one -> one != next);
      }
    }
  }

  /** How many changed. */
  int changedCount() {
    return changed.size();
  }

  /** Hands on each that changed; whoever takes it has it written on return. */
  void write(Consumer<Changed> taker) {
    for (Kept kept : changed) {
      taker.accept(new Changed(kept.account, kept.recordedAtMillis));
      kept.changed = false;
    }
    changed.clear();
  }

  /** The customer's account, if it changed since it was last written. */
  Optional<Account> changed(CustomerId customer) {
    Kept kept = accounts.get(customer);
    return kept != null && kept.changed ? Optional.of(kept.account) : Optional.empty();
  }

  /** All that changed since they were last written. */
  Stream<Account> changed() {
    return accounts.values().stream().filter(kept -> kept.changed).map(kept -> kept.account);
  }

  /** Forgets all of them. */
  void clear() {
    accounts.clear();
    changed.clear();
    last = Optional.empty();
    hand = Collections.emptyIterator();
    weight = 0;
  }

  private static int weightOf(Account account) {
    return WEIGHT_OF_ONE + account.grants().size() + account.reservations().size();
  }
}
