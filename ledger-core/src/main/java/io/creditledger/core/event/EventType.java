package io.creditledger.core.event;

import java.util.Locale;
import java.util.Optional;

/** The kinds of events, as the wire names them, and the topic that may carry each. */
public enum EventType {
  USAGE(Source.USAGE),
  RESERVE(Source.USAGE),
  SETTLE(Source.USAGE),
  RELEASE(Source.USAGE),
  REVERSE(Source.USAGE),
  GRANT(Source.GRANT),
  VOID(Source.GRANT),
  ADJUST(Source.GRANT),
  CONFIRM(Source.GRANT),
  CANCEL(Source.GRANT),
  EXTEND(Source.GRANT),
  CONFIGURE(Source.GRANT),
  TOP_UP(Source.GRANT),
  EFFECTIVE(Source.EXPIRY),
  EXPIRE(Source.EXPIRY),
  RENEW(Source.EXPIRY),
  LAPSE(Source.EXPIRY),
  REMIND(Source.EXPIRY);

  private final Source source;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  EventType(Source source) {
    this.source = source;
  }

  /** The topic that carries events of this type, and the only one. */
  public Source source() {
    return source;
  }

  /** The name on the wire, in lower case. */
  public String wireName() {
    return wireName;
  }

  /** The type of that wire name, if there is one. */
  public static Optional<EventType> ofWireName(String name) {
    for (EventType type : values()) {
      if (type.wireName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type of an event. */
  public static EventType of(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.Usage usage -> USAGE;
      case LedgerEvent.Reserve reserve -> RESERVE;
      case LedgerEvent.Settle settle -> SETTLE;
      case LedgerEvent.Release release -> RELEASE;
      case LedgerEvent.Reverse reverse -> REVERSE;
      case LedgerEvent.IssueGrant grant -> GRANT;
      case LedgerEvent.VoidGrant ended -> VOID;
      case LedgerEvent.Adjust adjust -> ADJUST;
      case LedgerEvent.ConfirmGrant confirm -> CONFIRM;
      case LedgerEvent.CancelGrant cancel -> CANCEL;
      case LedgerEvent.ExtendGrant extend -> EXTEND;
      case LedgerEvent.Configure configure -> CONFIGURE;
      case LedgerEvent.EndTopUp ended -> TOP_UP;
      case LedgerEvent.GrantEffective effective -> EFFECTIVE;
      case LedgerEvent.GrantExpiry expiry -> EXPIRE;
      case LedgerEvent.GrantRenewal renewal -> RENEW;
      case LedgerEvent.ReservationExpiry expiry -> LAPSE;
      case LedgerEvent.Reminder reminder -> REMIND;
    };
  }
}
