package io.creditledger.core.property;

import io.creditledger.core.account.Reason;

/** The naive bookkeeper's no. */
final class Refused extends RuntimeException {

  final Reason reason;

  Refused(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  /** Says no if the condition holds. */
  static void when(boolean condition, Reason reason) {
    if (condition) {
      throw new Refused(reason);
    }
  }
}
