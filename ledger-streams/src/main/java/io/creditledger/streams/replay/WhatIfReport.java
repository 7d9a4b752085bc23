package io.creditledger.streams.replay;

import io.creditledger.core.id.Unit;
import io.creditledger.core.replay.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What would have been.
 *
 * @param inputs decided anew
 * @param customers all of them, those with no difference too
 * @param differences of those who would stand otherwise, by customer and unit
 * @param was the sums of all customers, by unit
 * @param then what the sums would have been
 * @param end the time at which balances are taken
 */
public record WhatIfReport(
    long inputs,
    long customers,
    List<CustomerDifference> differences,
    Map<Unit, Standing> was,
    Map<Unit, Standing> then,
    Instant end,
    Duration took) {

  public WhatIfReport {
    differences = List.copyOf(differences);
  }

  static WhatIfReport of(long inputs, List<CustomerDifference> all, Instant end, Duration took) {
    Map<Unit, Standing> was = new TreeMap<>(Comparator.comparing(Unit::value));
    Map<Unit, Standing> then = new TreeMap<>(Comparator.comparing(Unit::value));
    for (CustomerDifference one : all) {
      was.merge(one.unit(), one.was(), Standing::plus);
      then.merge(one.unit(), one.then(), Standing::plus);
    }
    return new WhatIfReport(
        inputs,
        all.stream().map(CustomerDifference::customer).distinct().count(),
        all.stream()
            .filter(CustomerDifference::differs)
            .sorted(
                Comparator.comparing((CustomerDifference one) -> one.customer().value())
                    .thenComparing(one -> one.unit().value()))
            .toList(),
        was,
        then,
        end,
        took);
  }
}
