package io.creditledger.cli.endtoend;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One customer's journal of grants and reservations, as plain numbers added up from postings: what
 * each grant has unheld and held, and what each reservation holds and what became of it.
 */
final class ReservationBooks {

  /** Where a reservation stands. */
  enum Fate {
    OPEN,
    SETTLED,
    RELEASED,
    EXPIRED
  }

  private static final class Pot {
    private final Instant effectiveAt;
    private final Optional<Instant> expiresAt;
    private final long granted;
    private long unheld;
    private long held;
    private long gone;

    private Pot(long granted, Instant effectiveAt, Optional<Instant> expiresAt) {
      this.granted = granted;
      this.unheld = granted;
      this.effectiveAt = effectiveAt;
      this.expiresAt = expiresAt;
    }
  }

  private static final class Hold {
    private final Map<String, Long> left;
    private final Instant expiresAt;
    private Fate fate = Fate.OPEN;

    private Hold(Map<String, Long> left, Instant expiresAt) {
      this.left = left;
      this.expiresAt = expiresAt;
    }
  }

  private final Consumer<String> violate;
  private final Map<String, Pot> pots = new LinkedHashMap<>();
  private final Map<String, Hold> holds = new LinkedHashMap<>();

  ReservationBooks(Consumer<String> violate) {
    this.violate = violate;
  }

  void add(LedgerEntry entry) {
    String id = entry.header().id().value();
    switch (entry.change()) {
      case Change.Granted granted ->
          pots.put(
              id,
              new Pot(
                  granted.made().grant().granted().micros(),
                  granted.made().grant().terms().effectiveAt(),
                  granted.made().grant().terms().expiresAt()));
      case Change.Reserved reserved -> {
        if (holds.containsKey(id)) {
          violate.accept("reservation " + id + " was made twice");
        }
        holds.put(id, new Hold(byGrant(reserved.postings()), reserved.reservation().expiresAt()));
      }
      case Change.Settled settled -> end(settled.reservation(), Fate.SETTLED, settled.postings());
      case Change.Released released ->
          end(released.reservation(), Fate.RELEASED, released.postings());
      case Change.Lapsed lapsed -> {
        end(lapsed.reservation(), Fate.EXPIRED, lapsed.postings());
        if (entry.header().recordedAt().isBefore(hold(lapsed.reservation()).expiresAt)) {
          violate.accept("reservation " + lapsed.reservation() + " ran out before its time");
        }
      }
      case Change.Expired expired -> {}
      default -> violate.accept(id + " is a change that nobody asked for");
    }
    entry.change().postings().forEach(this::post);
  }

  /** A reservation ends once, and all that it held moves. */
  private void end(EventId reservation, Fate fate, List<Posting> postings) {
    Hold hold = hold(reservation);
    if (hold.fate != Fate.OPEN) {
      violate.accept("reservation " + reservation + " was " + hold.fate + " and then " + fate);
    }
    Map<String, Long> moved =
        byGrant(postings.stream().filter(one -> one.move() != Move.CONSUME).toList());
    if (!moved.equals(hold.left)) {
      violate.accept(
          "reservation " + reservation + " held " + hold.left + ", and at its end moved " + moved);
    }
    hold.left.clear();
    hold.fate = fate;
  }

  private Hold hold(EventId reservation) {
    return holds.computeIfAbsent(
        reservation.value(),
        unknown -> {
          violate.accept("reservation " + unknown + " ends and was never made");
          return new Hold(new HashMap<>(), Instant.EPOCH);
        });
  }

  private static Map<String, Long> byGrant(List<Posting> postings) {
    Map<String, Long> sums = new HashMap<>();
    postings.forEach(
        posting -> sums.merge(posting.grant().value(), posting.amount().micros(), Math::addExact));
    return sums;
  }

  private void post(Posting posting) {
    Pot pot =
        pots.computeIfAbsent(
            posting.grant().value(), none -> new Pot(0, Instant.EPOCH, Optional.empty()));
    long amount = posting.amount().micros();
    switch (posting.move()) {
      case HOLD -> {
        pot.unheld -= amount;
        pot.held += amount;
      }
      case UNHOLD -> {
        pot.held -= amount;
        pot.unheld += amount;
      }
      case SETTLE, UNHOLD_EXPIRED -> {
        pot.held -= amount;
        pot.gone += amount;
      }
      case CONSUME, EXPIRE -> {
        pot.unheld -= amount;
        pot.gone += amount;
      }
      default -> violate.accept("grant " + posting.grant() + " moves by " + posting.move());
    }
    if (pot.unheld < 0 || pot.held < 0) {
      violate.accept(
          "grant " + posting.grant() + " falls below zero: " + pot.unheld + ", held " + pot.held);
    }
  }

  /**
   * What reservations could take at an instant, which may lie before what was decided last: topics
   * do not wait for each other.
   */
  long available(Instant at) {
    return pots.values().stream()
        .filter(pot -> !at.isBefore(pot.effectiveAt))
        .filter(pot -> pot.expiresAt.isEmpty() || at.isBefore(pot.expiresAt.get()))
        .mapToLong(pot -> pot.unheld)
        .sum();
  }

  /** What a reservation that was made holds by now. */
  long held(String reservation) {
    return hold(new EventId(reservation)).left.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Where a reservation that was made stands. */
  Fate fate(String reservation) {
    return hold(new EventId(reservation)).fate;
  }

  /** When everything has ended: nothing is held, and every credit granted is somewhere. */
  void finish() {
    holds.forEach(
        (id, hold) -> {
          if (hold.fate == Fate.OPEN) {
            violate.accept("reservation " + id + " is open for ever");
          }
        });
    pots.forEach(
        (id, pot) -> {
          if (pot.held != 0) {
            violate.accept("grant " + id + " still holds " + Credits.ofMicros(pot.held));
          }
          if (pot.granted != pot.unheld + pot.held + pot.gone) {
            violate.accept("grant " + id + " is not conserved");
          }
        });
  }

  /** How many reservations came to that end. */
  long count(Fate fate) {
    return holds.values().stream().filter(hold -> hold.fate == fate).count();
  }
}
