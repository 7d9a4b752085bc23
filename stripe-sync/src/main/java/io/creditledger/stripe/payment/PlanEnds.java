package io.creditledger.stripe.payment;

import io.creditledger.core.account.DerivedIds;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.Extent;
import io.creditledger.core.event.Note;
import io.creditledger.core.id.EventId;
import io.creditledger.stripe.publish.Publications;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * From when on a subscription's grants of a plan are no longer to be used: what is left of those
 * that began before is void. It does not matter whether the end or the grant is told first.
 */
public final class PlanEnds {

  private static final String VERB = "end";

  /** An end of a plan's grants. */
  private record PlanEnd(String plan, Instant at, String reason) {}

  private PlanEnds() {}

  /**
   * Keeps that a plan's grants from before an instant have ended.
   *
   * @param reason in words, for whoever reads the ledger's journal
   */
  public static void keep(
      Handle handle, String subscription, String plan, Instant at, String reason, String cause) {
    handle
        .createUpdate(
            "insert into plan_end values (:subscription, :plan, :at, :reason, :cause)"
                + " on conflict do nothing")
        .bind("subscription", subscription)
        .bind("plan", plan)
        .bind("at", at)
        .bind("reason", reason)
        .bind("cause", cause)
        .execute();
  }

  /**
   * Has a subscription's grants end that are to.
   *
   * @return what was asked of the ledger, in words; empty if nothing is to be
   */
  public static String enforce(Handle handle, String subscription, String cause, Instant now) {
    OneAtATime.at(handle, subscription);
    List<PlanEnd> ends = of(handle, subscription);
    StringBuilder said = new StringBuilder();
    for (PaidGrant grant : Payments.grantsOfSubscription(handle, subscription)) {
      Optional<PlanEnd> end = ends.stream().filter(one -> covers(one, grant)).findFirst();
      if (end.isPresent() && Publications.add(handle, event(grant, end.get()), cause, now)) {
        said.append(" what is left of ").append(grant.grant()).append(" is void");
      }
    }
    return said.toString().strip();
  }

  private static boolean covers(PlanEnd end, PaidGrant grant) {
    return grant.plan().orElseThrow().plan().equals(end.plan())
        && grant.since().isBefore(end.at())
        && grant.expiresAt().filter(expiresAt -> !expiresAt.isAfter(end.at())).isEmpty();
  }

  private static LedgerEvent event(PaidGrant grant, PlanEnd end) {
    return new LedgerEvent.VoidGrant(
        new EventId(DerivedIds.byDefault(VERB, grant.grant().value())),
        grant.customer(),
        grant.grant(),
        new Extent.All(),
        Optional.empty(),
        new Note(Optional.of(end.reason()), Optional.of("stripe"), Map.of()));
  }

  private static List<PlanEnd> of(Handle handle, String subscription) {
    return handle
        .createQuery(
            "select plan, ended_at, reason from plan_end where subscription = :subscription"
                + " order by ended_at")
        .bind("subscription", subscription)
        .map(
            (row, context) ->
                new PlanEnd(
                    row.getString("plan"),
                    row.getTimestamp("ended_at").toInstant(),
                    row.getString("reason")))
        .list();
  }
}
