package io.creditledger.core.account;

/**
 * Every refusal, in the order in which they are looked for: form first, then identity, then time,
 * then what the event names, then amounts, and credits last. The names are a stable contract.
 */
public enum Reason {
  /** The record has no value. */
  VALUE_MISSING("send a JSON object as the record's value"),
  /** The record is larger than the ledger reads. */
  TOO_LARGE("send a smaller record, or fewer properties and metadata"),
  /** The bytes are not the UTF-8 text of one JSON object. */
  UNREADABLE("send one complete JSON object in UTF-8"),
  /** The event's type is not one that its topic carries. */
  TYPE_UNKNOWN("use a type that this topic carries"),
  /** A required field is absent. */
  FIELD_MISSING("add the field"),
  /** A field has a value that is not allowed. */
  FIELD_INVALID("correct the field"),
  /** An amount or quantity that must be positive is not. */
  AMOUNT_NOT_POSITIVE("send an amount above zero; use a reversal or an adjustment to take back"),
  /** The record has no key. */
  KEY_MISSING("set the record's key to the customer's id"),
  /** The record's key is not the customer of the event. */
  KEY_MISMATCH("set the record's key to the customer's id"),
  /** The record stands in a partition where its key does not belong. */
  WRONG_PARTITION("let the producer choose the partition by murmur2 of the key, Kafka's default"),
  /** The id was used before for an event with other content. */
  ID_REUSED("use a new id for a new event, or send the same content again"),
  /** It occurred too long before it was recorded. */
  TOO_OLD("send usage within the catalog's limits.usage_max_age, or post an adjustment"),
  /** It occurred too far after it was recorded. */
  IN_FUTURE("correct the producer's clock or occurred_at"),
  /** No unit of that name in the catalog. */
  UNIT_UNKNOWN("use a unit of the catalog, or add it there"),
  /** No meter of that name in the catalog. */
  METER_UNKNOWN("use a meter of the catalog, or add it there"),
  /** A quantity without a meter to rate it. */
  METER_MISSING("name the meter that rates the quantity, or send credits"),
  /** No rate of the meter applies at that time and with those properties. */
  RATE_MISSING("add a rate to the meter that applies"),
  /** The customer has no grant of that id. */
  GRANT_UNKNOWN("use the id of one of the customer's grants"),
  /** The grant has expired or was voided. */
  GRANT_ENDED("make a new grant"),
  /** The grant waits to be confirmed. */
  GRANT_PENDING("confirm or cancel the grant first"),
  /** The grant does not wait to be confirmed. */
  GRANT_NOT_PENDING("confirm or cancel only grants made as pending"),
  /** The customer has no usage of that id, or it is no longer remembered. */
  USAGE_UNKNOWN("use the id of a usage within the catalog's limits.id_retention"),
  /** The customer has no reservation of that id. */
  RESERVATION_UNKNOWN("use the id of one of the customer's reservations"),
  /** The reservation was settled. */
  RESERVATION_SETTLED("report further usage as usage"),
  /** The reservation was released. */
  RESERVATION_RELEASED("report the usage as usage"),
  /** The reservation ran out. */
  RESERVATION_EXPIRED("report the usage as usage, and reserve for longer the next time"),
  /** The reservation asks for more time than is allowed. */
  TTL_TOO_LONG("ask for at most the catalog's limits.reservation_ttl_max"),
  /** The reservation would end before it begins. */
  TTL_NOT_POSITIVE("ask for a time to live above zero"),
  /** The settings name a plan that the catalog does not have. */
  PLAN_UNKNOWN("use a plan of the catalog, or add it there"),
  /** The plan switches the meter off. */
  METER_DISABLED("change the customer's plan"),
  /** No top-up request of that id is pending. */
  TOP_UP_UNKNOWN("use the id of the request that is pending"),
  /** A timer's event came before its time. */
  TIMER_EARLY("nothing: the ledger's timer repeats it in time"),
  /** A timer's event concerns something that has changed since. */
  TIMER_STALE("nothing: the change has its own timer"),
  /** An amount would leave the 64-bit range of millionths. */
  AMOUNT_OUT_OF_RANGE("send a smaller amount"),
  /** More would be voided than is left. */
  VOID_EXCEEDS_REMAINDER("void at most what is left and not held, or leave the amount out"),
  /** An adjustment would take more than is left. */
  ADJUSTMENT_EXCEEDS_REMAINDER("take at most what is left and not held"),
  /** More would be reversed than was used. */
  REVERSAL_EXCEEDS_USAGE("reverse at most what is not yet reversed, or leave the amount out"),
  /** The customer has too many open grants. */
  TOO_MANY_GRANTS("let grants end, or join small grants into larger ones"),
  /** The customer has too many open reservations. */
  TOO_MANY_RESERVATIONS("settle or release reservations"),
  /** The plan's limit of the meter would be passed. */
  USAGE_LIMIT_EXCEEDED("wait for the next period, or change the customer's plan"),
  /** The grants do not cover it, and the policy allows nothing beyond them. */
  INSUFFICIENT_CREDITS("grant credits, or use less"),
  /** Overage would pass the policy's limit. */
  OVERAGE_LIMIT_EXCEEDED("grant credits, or raise the overdraft policy's limit"),
  /** Overdraft would pass the policy's limit. */
  OVERDRAFT_LIMIT_EXCEEDED("grant credits, or raise the overdraft policy's limit");

  private final String remedy;

  Reason(String remedy) {
    this.remedy = remedy;
  }

  /** What the caller can do about it, as an imperative clause. */
  public String remedy() {
    return remedy;
  }
}
