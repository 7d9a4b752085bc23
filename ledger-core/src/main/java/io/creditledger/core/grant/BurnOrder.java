package io.creditledger.core.grant;

import io.creditledger.core.catalog.Category;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Grants in the order they burn (rule 6): priority, lower first; then the earlier end, none last;
 * then promotional before paid; then the earlier start; then the earlier in the journal. It ends in
 * the id, so two machines never disagree.
 */
public final class BurnOrder {

  /** Stands in every entry that burned grants; a change of the order below raises it. */
  public static final int VERSION = 1;

  private static final Comparator<Optional<Instant>> NONE_LAST =
      (a, b) -> {
        if (a.isEmpty() || b.isEmpty()) {
          return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        return a.get().compareTo(b.get());
      };

  /** The one comparator. */
  public static final Comparator<GrantTerms> COMPARATOR =
      Comparator.comparingInt(GrantTerms::priority)
          .thenComparing(GrantTerms::expiresAt, NONE_LAST)
          .thenComparingInt(terms -> terms.category() == Category.PROMOTIONAL ? 0 : 1)
          .thenComparing(GrantTerms::effectiveAt)
          .thenComparingLong(GrantTerms::sequence)
          .thenComparingInt(GrantTerms::ordinal)
          .thenComparing(GrantTerms::id);

  private BurnOrder() {}
}
