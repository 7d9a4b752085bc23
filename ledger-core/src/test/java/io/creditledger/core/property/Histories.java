package io.creditledger.core.property;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.DueEvents;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes up one customer's history from a seed, input by input: how time passes, which timers fire
 * and how late, what is delivered twice, what is sent under a used id.
 */
final class Histories {

  /** At most this many events in one history. */
  static final int EVENTS_MAX = 200;

  private static final Duration FAR = Duration.ofDays(60);

  private final Dice dice;
  private final EventMaker maker;
  private final int length;
  private final int laziness;
  private final List<Input> past = new ArrayList<>();
  private final Map<Source, Long> offsets = new EnumMap<>(Source.class);
  private Catalog catalog;
  private Instant now = Catalogs.START;

  Histories(long seed, CustomerId customer) {
    this.dice = new Dice(seed);
    this.maker = new EventMaker(dice, customer);
    this.length = 1 + dice.below(EVENTS_MAX);
    this.laziness = dice.below(10);
    this.catalog = dice.chance(60) ? Catalogs.ALL.getFirst() : dice.oneOf(Catalogs.ALL);
  }

  int length() {
    return length;
  }

  /** The next input, for an account that has come so far. */
  Step next(Account account) {
    pass(account);
    if (dice.chance(1)) {
      catalog = dice.oneOf(Catalogs.ALL);
    }
    maker.at(now, account, catalog);
    LedgerEvent event = event(account);
    Source source = EventType.of(event).source();
    Position position = new Position(source, 0, offsets.merge(source, 1L, Long::sum));
    Input input = new Input(event, position, now);
    past.add(input);
    return new Step(input, catalog);
  }

  /** Time passes, at times not at all, at times a little backwards: topics are not one clock. */
  private void pass(Account account) {
    int kind = dice.below(100);
    if (kind < 30) {
      return;
    }
    if (kind < 55) {
      now = now.plusSeconds(dice.below(90));
    } else if (kind < 72) {
      now = now.plus(Duration.ofMinutes(dice.below(12 * 60)));
    } else if (kind < 80) {
      now = now.plus(Duration.ofHours(dice.below(24 * 4)));
    } else if (kind < 82) {
      now = now.plus(Duration.ofDays(dice.below(36)));
    } else if (kind < 96) {
      DueEvents.next(account, catalog.limits())
          .filter(due -> due.isAfter(now) && due.isBefore(now.plus(FAR)))
          .ifPresent(due -> now = due.plusNanos(dice.below(3) - 1));
    } else {
      now = now.minusSeconds(dice.below(30));
    }
  }

  /** Lets so much time pass that the input's id is just, or just not, forgotten. */
  private void waitUntilForgotten(Input input) {
    Duration ahead = catalog.limits().usageAheadMax();
    Instant forgotten =
        input.recordedAt().plus(catalog.limits().idRetention()).minusNanos(dice.below(2));
    if (forgotten.isAfter(now)) {
      now =
          switch (dice.below(3)) {
            case 0 -> forgotten;
            case 1 -> forgotten.plus(ahead).plusNanos(dice.below(2));
            default -> forgotten.plus(dice.upTo(ahead));
          };
    }
  }

  private LedgerEvent event(Account account) {
    List<DueEvents.Due> due = DueEvents.until(account, catalog.limits(), now);
    if (!due.isEmpty() && dice.below(10) >= laziness) {
      return dice.chance(70) ? due.getFirst().event() : dice.oneOf(due).event();
    }
    if (dice.chance(2)) {
      List<DueEvents.Due> early = DueEvents.until(account, catalog.limits(), now.plus(FAR));
      if (!early.isEmpty()) {
        return dice.oneOf(early).event();
      }
    }
    if (!past.isEmpty() && dice.chance(9)) {
      Input one = dice.oneOf(past);
      if (dice.chance(10)) {
        waitUntilForgotten(one);
      }
      // A timer's id is no caller's to use.
      boolean same = one.event() instanceof LedgerEvent.Timed || dice.chance(65);
      return same ? one.event() : maker.reusing(one.event().id());
    }
    return maker.any();
  }
}
