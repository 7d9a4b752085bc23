package io.creditledger.core.wire;

import io.creditledger.core.account.Reason;

/** Ends the reading of one event from within; {@link EventJson} turns it into a value. */
final class RefusedException extends RuntimeException {

  private final Reason reason;
  private final String field;

  RefusedException(Reason reason, String field, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.field = field;
  }

  Reason reason() {
    return reason;
  }

  String field() {
    return field;
  }
}
