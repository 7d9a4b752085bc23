package io.creditledger.streams.http;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import java.util.Optional;

/** How the ledger's refusals look over HTTP: the status of each, and the field it is about. */
final class Refusals {

  private Refusals() {}

  /** The status that a refusal is answered with. */
  static int status(Reason reason) {
    return switch (reason) {
      case VALUE_MISSING,
          UNREADABLE,
          TYPE_UNKNOWN,
          FIELD_MISSING,
          FIELD_INVALID,
          KEY_MISSING,
          KEY_MISMATCH,
          WRONG_PARTITION ->
          400;
      case INSUFFICIENT_CREDITS,
          USAGE_LIMIT_EXCEEDED,
          OVERAGE_LIMIT_EXCEEDED,
          OVERDRAFT_LIMIT_EXCEEDED ->
          402;
      case METER_DISABLED -> 403;
      case UNIT_UNKNOWN,
          METER_UNKNOWN,
          GRANT_UNKNOWN,
          USAGE_UNKNOWN,
          RESERVATION_UNKNOWN,
          PLAN_UNKNOWN,
          TOP_UP_UNKNOWN ->
          404;
      case ID_REUSED,
          GRANT_ENDED,
          GRANT_PENDING,
          GRANT_NOT_PENDING,
          RESERVATION_SETTLED,
          RESERVATION_RELEASED,
          RESERVATION_EXPIRED,
          TIMER_EARLY,
          TIMER_STALE ->
          409;
      case TOO_LARGE -> 413;
      case AMOUNT_NOT_POSITIVE,
          TOO_OLD,
          IN_FUTURE,
          METER_MISSING,
          RATE_MISSING,
          TTL_TOO_LONG,
          TTL_NOT_POSITIVE,
          AMOUNT_OUT_OF_RANGE,
          VOID_EXCEEDS_REMAINDER,
          ADJUSTMENT_EXCEEDS_REMAINDER,
          REVERSAL_EXCEEDS_USAGE,
          TOO_MANY_GRANTS,
          TOO_MANY_RESERVATIONS ->
          422;
    };
  }

  /**
   * Whether an event refused so is refused whatever the account holds, so that it need not be
   * appended to learn it.
   */
  static boolean certain(Reason reason) {
    return switch (reason) {
      case VALUE_MISSING,
          TOO_LARGE,
          UNREADABLE,
          TYPE_UNKNOWN,
          FIELD_MISSING,
          FIELD_INVALID,
          AMOUNT_NOT_POSITIVE,
          KEY_MISSING,
          KEY_MISMATCH,
          WRONG_PARTITION,
          TOO_OLD,
          IN_FUTURE,
          UNIT_UNKNOWN,
          METER_UNKNOWN,
          METER_MISSING,
          RATE_MISSING,
          TTL_TOO_LONG,
          TTL_NOT_POSITIVE,
          PLAN_UNKNOWN,
          AMOUNT_OUT_OF_RANGE ->
          true;
      case ID_REUSED,
          GRANT_UNKNOWN,
          GRANT_ENDED,
          GRANT_PENDING,
          GRANT_NOT_PENDING,
          USAGE_UNKNOWN,
          RESERVATION_UNKNOWN,
          RESERVATION_SETTLED,
          RESERVATION_RELEASED,
          RESERVATION_EXPIRED,
          TIMER_EARLY,
          TIMER_STALE,
          VOID_EXCEEDS_REMAINDER,
          ADJUSTMENT_EXCEEDS_REMAINDER,
          REVERSAL_EXCEEDS_USAGE,
          TOO_MANY_GRANTS,
          TOO_MANY_RESERVATIONS,
          METER_DISABLED,
          TOP_UP_UNKNOWN,
          USAGE_LIMIT_EXCEEDED,
          INSUFFICIENT_CREDITS,
          OVERAGE_LIMIT_EXCEEDED,
          OVERDRAFT_LIMIT_EXCEEDED ->
          false;
    };
  }

  /** The field of the event that a refusal is about, where it is about one. */
  static Optional<String> field(Reason reason, LedgerEvent event) {
    return switch (reason) {
      case AMOUNT_NOT_POSITIVE,
          AMOUNT_OUT_OF_RANGE,
          VOID_EXCEEDS_REMAINDER,
          ADJUSTMENT_EXCEEDS_REMAINDER,
          REVERSAL_EXCEEDS_USAGE,
          USAGE_LIMIT_EXCEEDED,
          INSUFFICIENT_CREDITS,
          OVERAGE_LIMIT_EXCEEDED,
          OVERDRAFT_LIMIT_EXCEEDED ->
          amountField(event);
      case ID_REUSED -> Optional.of("id");
      case TOO_OLD, IN_FUTURE -> Optional.of("occurred_at");
      case UNIT_UNKNOWN -> Optional.of("unit");
      case METER_UNKNOWN, METER_MISSING, METER_DISABLED, RATE_MISSING -> Optional.of("meter");
      case GRANT_UNKNOWN, GRANT_ENDED, GRANT_PENDING, GRANT_NOT_PENDING -> Optional.of("grant");
      case USAGE_UNKNOWN -> Optional.of("usage");
      case RESERVATION_UNKNOWN, RESERVATION_SETTLED, RESERVATION_RELEASED, RESERVATION_EXPIRED ->
          Optional.of("reservation");
      case TTL_TOO_LONG, TTL_NOT_POSITIVE -> Optional.of("ttl");
      case PLAN_UNKNOWN -> Optional.of("plan");
      case TOP_UP_UNKNOWN -> Optional.of("top_up");
      case TYPE_UNKNOWN -> Optional.of("type");
      case KEY_MISSING, KEY_MISMATCH -> Optional.of("customer");
      case VALUE_MISSING,
          TOO_LARGE,
          UNREADABLE,
          FIELD_MISSING,
          FIELD_INVALID,
          WRONG_PARTITION,
          TIMER_EARLY,
          TIMER_STALE,
          TOO_MANY_GRANTS,
          TOO_MANY_RESERVATIONS ->
          Optional.empty();
    };
  }

  private static Optional<String> amountField(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.Usage usage -> Optional.of(chargeField(usage.charge()));
      case LedgerEvent.Reserve reserve -> Optional.of(chargeField(reserve.charge()));
      case LedgerEvent.Settle settle -> settle.charge().map(Refusals::chargeField);
      case LedgerEvent.IssueGrant grant -> Optional.of("amount");
      case LedgerEvent.VoidGrant ended -> Optional.of("amount");
      case LedgerEvent.Adjust adjust -> Optional.of("amount");
      case LedgerEvent.Reverse reverse -> Optional.of("amount");
      case LedgerEvent.Release release -> Optional.empty();
      case LedgerEvent.ConfirmGrant confirm -> Optional.empty();
      case LedgerEvent.CancelGrant cancel -> Optional.empty();
      case LedgerEvent.ExtendGrant extend -> Optional.empty();
      case LedgerEvent.Configure configure -> Optional.empty();
      case LedgerEvent.EndTopUp ended -> Optional.empty();
      case LedgerEvent.Timed timed -> Optional.empty();
    };
  }

  private static String chargeField(Charge charge) {
    return switch (charge) {
      case Charge.Rated rated -> "credits";
      case Charge.Metered metered -> "quantity";
      case Charge.Counted counted -> "meter";
    };
  }
}
