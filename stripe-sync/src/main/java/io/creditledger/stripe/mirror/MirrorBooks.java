package io.creditledger.stripe.mirror;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.stripe.rules.MirrorRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** All mirrored grants as the ledger and the mirror have them, to be compared. Changes nothing. */
public final class MirrorBooks {

  private MirrorBooks() {}

  /**
   * A grant and its mirror.
   *
   * @param mirrored what stands in Stripe, as far as is known; empty: nothing
   * @param outstanding what Stripe is still to be told, in words; empty: nothing
   * @param impossible why Stripe has no way to follow; empty if it has
   * @param effect how far that is: due, held, parked or done; empty: nobody looks at it
   * @param note on how far that is, in words
   */
  public record Standing(
      LedgerGrant grant,
      Optional<Mirrored> mirrored,
      Optional<String> outstanding,
      Optional<String> impossible,
      Optional<String> effect,
      String note) {}

  /** The grants of the units that are mirrored. */
  public static List<Standing> read(Handle handle, MirrorRule rule, Catalog catalog, Instant now) {
    MirrorPlan plan = new MirrorPlan(rule.outlive());
    return GrantTable.ofUnits(handle, rule.units()).stream()
        .map(grant -> standing(handle, plan, catalog, grant, now))
        .toList();
  }

  /** The ids of Stripe's grants that a grant of the ledger was made of. */
  public static Set<String> madeOf(Handle handle) {
    return handle
        .createQuery("select from_stripe from ledger_grant where from_stripe is not null")
        .mapTo(String.class)
        .set();
  }

  private static Standing standing(
      Handle handle, MirrorPlan plan, Catalog catalog, LedgerGrant grant, Instant now) {
    Optional<Mirrored> mirrored = MirrorTable.find(handle, grant.customer(), grant.id());
    Instant since = MirrorTable.since(handle, grant.unit()).orElse(now);
    MirrorStep step =
        plan.next(
            grant,
            mirrored,
            Optional.ofNullable(catalog.units().get(grant.unit())).flatMap(UnitInfo::price),
            since,
            now);
    Optional<String> impossible =
        step instanceof MirrorStep.CannotFollow cannot
            ? Optional.of(cannot.why())
            : Optional.empty();
    return handle
        .createQuery(
            "select state, note from effect"
                + " where kind = :kind and customer = :customer and key = :key")
        .bind("kind", MirrorEffect.KIND)
        .bind("customer", grant.customer().value())
        .bind("key", grant.id().value())
        .map(
            (row, context) ->
                new Standing(
                    grant,
                    mirrored,
                    words(step),
                    impossible,
                    Optional.of(row.getString("state")),
                    row.getString("note")))
        .findOne()
        .orElseGet(
            () -> new Standing(grant, mirrored, words(step), impossible, Optional.empty(), ""));
  }

  private static Optional<String> words(MirrorStep step) {
    return switch (step) {
      case MirrorStep.Create create -> Optional.of("it is to be made, with " + create.value());
      case MirrorStep.MoveEnd move ->
          Optional.of(
              "its end is to be " + move.expiresAt().map(Instant::toString).orElse("never"));
      case MirrorStep.VoidIt ended -> Optional.of("it is to be void");
      case MirrorStep.ExpireIt ended -> Optional.of("it is to end");
      case MirrorStep.Nothing nothing -> Optional.empty();
      case MirrorStep.CannotFollow cannot -> Optional.empty();
    };
  }
}
