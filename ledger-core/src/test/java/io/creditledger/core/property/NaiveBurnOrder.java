package io.creditledger.core.property;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The order of rule 6, spelt out. */
final class NaiveBurnOrder {

  private NaiveBurnOrder() {}

  static List<GrantId> candidates(
      NaiveBooks books, Unit unit, Dimensions dimensions, Instant at, Mistake mistake) {
    List<NaiveGrant> open = new ArrayList<>();
    for (NaiveGrant grant : books.grants) {
      if (grant.unit.equals(unit)
          && grant.unheld.signum() > 0
          && grant.countsAt(at, mistake)
          && grant.covers(dimensions, mistake)) {
        open.add(grant);
      }
    }
    open.sort((a, b) -> compare(a, b, mistake));
    return open.stream().map(grant -> grant.id).toList();
  }

  private static int compare(NaiveGrant a, NaiveGrant b, Mistake mistake) {
    if (a.priority != b.priority && mistake != Mistake.PRIORITY_IGNORED) {
      return a.priority < b.priority ? -1 : 1;
    }
    Instant never = mistake == Mistake.ENDLESS_GRANTS_BURN_FIRST ? Instant.MIN : Instant.MAX;
    int byEnd = a.expiresAt.orElse(never).compareTo(b.expiresAt.orElse(never));
    if (byEnd != 0) {
      return byEnd;
    }
    if (a.category != b.category && mistake != Mistake.CATEGORY_IGNORED) {
      return a.category == Category.PROMOTIONAL ? -1 : 1;
    }
    int byStart = a.effectiveAt.compareTo(b.effectiveAt);
    if (byStart != 0 && mistake != Mistake.EFFECTIVE_TIME_IGNORED) {
      return byStart;
    }
    if (a.sequence != b.sequence && mistake != Mistake.JOURNAL_ORDER_IGNORED) {
      return a.sequence < b.sequence ? -1 : 1;
    }
    if (a.sequence == b.sequence && carriedOver(a) != carriedOver(b)) {
      return carriedOver(a) ? -1 : 1; // One entry makes both, what goes over first.
    }
    return a.id.value().compareTo(b.id.value());
  }

  private static boolean carriedOver(NaiveGrant grant) {
    return grant.id.value().contains("-rollover");
  }
}
