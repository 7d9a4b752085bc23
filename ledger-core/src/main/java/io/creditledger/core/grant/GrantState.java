package io.creditledger.core.grant;

import java.util.Locale;

/** Where a grant stands in the log, which may lag behind the calendar by one timer event. */
public enum GrantState {
  /** Waits to be confirmed or cancelled; counts in no balance and pays for nothing. */
  PENDING,
  /** Granted, its effective entry still to come. It pays for usage from its effective time on. */
  SCHEDULED,
  /** Effective and not ended. */
  OPEN,
  /** Ended by its expiry; what comes back to it expires at once. */
  EXPIRED,
  /** Ended by a void or a cancellation; what comes back to it is void at once. */
  VOIDED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Whether nothing can be taken from the grant any more. */
  public boolean ended() {
    return this == EXPIRED || this == VOIDED;
  }

  /** The name on the wire, in lower case. */
  public String wireName() {
    return wireName;
  }
}
