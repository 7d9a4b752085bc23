package io.creditledger.core.wire;

import io.creditledger.core.account.Fate;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.event.Source;
import io.creditledger.core.grant.GrantState;

/** Constants as numbers in the binary formats: a number once given keeps its meaning for ever. */
final class Codes {

  private Codes() {}

  static int of(GrantState state) {
    return switch (state) {
      case PENDING -> 0;
      case SCHEDULED -> 1;
      case OPEN -> 2;
      case EXPIRED -> 3;
      case VOIDED -> 4;
    };
  }

  static GrantState grantState(int code) {
    return switch (code) {
      case 0 -> GrantState.PENDING;
      case 1 -> GrantState.SCHEDULED;
      case 2 -> GrantState.OPEN;
      case 3 -> GrantState.EXPIRED;
      case 4 -> GrantState.VOIDED;
      default -> throw unknown("state of a grant", code);
    };
  }

  static int of(Category category) {
    return switch (category) {
      case PAID -> 0;
      case PROMOTIONAL -> 1;
    };
  }

  static Category category(int code) {
    return switch (code) {
      case 0 -> Category.PAID;
      case 1 -> Category.PROMOTIONAL;
      default -> throw unknown("category", code);
    };
  }

  static int of(Source source) {
    return switch (source) {
      case USAGE -> 1;
      case GRANT -> 2;
      case EXPIRY -> 3;
    };
  }

  static Source source(int code) {
    return switch (code) {
      case 1 -> Source.USAGE;
      case 2 -> Source.GRANT;
      case 3 -> Source.EXPIRY;
      default -> throw unknown("source", code);
    };
  }

  static int of(Fate fate) {
    return switch (fate) {
      case NONE -> 0;
      case HELD -> 1;
      case SETTLED -> 2;
      case RELEASED -> 3;
      case EXPIRED -> 4;
    };
  }

  static Fate fate(int code) {
    return switch (code) {
      case 0 -> Fate.NONE;
      case 1 -> Fate.HELD;
      case 2 -> Fate.SETTLED;
      case 3 -> Fate.RELEASED;
      case 4 -> Fate.EXPIRED;
      default -> throw unknown("fate", code);
    };
  }

  static int of(Shortfall.Kind kind) {
    return switch (kind) {
      case NONE -> 0;
      case OVERAGE -> 1;
      case OVERDRAFT -> 2;
      case FORGIVEN -> 3;
    };
  }

  static Shortfall.Kind shortfall(int code) {
    return switch (code) {
      case 0 -> Shortfall.Kind.NONE;
      case 1 -> Shortfall.Kind.OVERAGE;
      case 2 -> Shortfall.Kind.OVERDRAFT;
      case 3 -> Shortfall.Kind.FORGIVEN;
      default -> throw unknown("kind of shortfall", code);
    };
  }

  static int of(Overdraft overdraft) {
    return switch (overdraft) {
      case BILL -> 0;
      case CARRY -> 1;
      case REJECT -> 2;
      case FORGIVE -> 3;
    };
  }

  static Overdraft overdraft(int code) {
    return switch (code) {
      case 0 -> Overdraft.BILL;
      case 1 -> Overdraft.CARRY;
      case 2 -> Overdraft.REJECT;
      case 3 -> Overdraft.FORGIVE;
      default -> throw unknown("overdraft policy", code);
    };
  }

  static int of(AlertLevel level) {
    return switch (level) {
      case UNFUNDED -> 0;
      case FINE -> 1;
      case LOW -> 2;
      case DEPLETED -> 3;
    };
  }

  static AlertLevel level(int code) {
    return switch (code) {
      case 0 -> AlertLevel.UNFUNDED;
      case 1 -> AlertLevel.FINE;
      case 2 -> AlertLevel.LOW;
      case 3 -> AlertLevel.DEPLETED;
      default -> throw unknown("level of a balance", code);
    };
  }

  private static IllegalStateException unknown(String what, int code) {
    return new IllegalStateException("no " + what + " has the code " + code);
  }
}
