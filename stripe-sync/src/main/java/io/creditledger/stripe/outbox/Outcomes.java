package io.creditledger.stripe.outbox;

import io.creditledger.stripe.client.Attempt;
import java.util.Locale;

/** What Stripe's answers mean for meter events. */
final class Outcomes {

  private static final int NOT_FOUND = 404;
  private static final String DUPLICATE_CODE = "duplicate_meter_event";
  private static final String DUPLICATE_MESSAGE = "an event already exists with identifier";

  private Outcomes() {}

  static <T> SendOutcome of(Attempt<T> attempt) {
    return switch (attempt) {
      case Attempt.Done<T> done -> new SendOutcome.Delivered();
      case Attempt.Again<T> again -> again(again.cause(), again.why());
      case Attempt.Refused<T> refused -> refused(refused);
    };
  }

  private static SendOutcome refused(Attempt.Refused<?> refused) {
    if (isDuplicate(refused.code(), refused.message())) {
      return new SendOutcome.Duplicate();
    }
    // Whatever answers there, it is not what takes meter events: no event's fault.
    return refused.status() == NOT_FOUND
        ? new SendOutcome.NotTaken(Attempt.Cause.KEY, refused.message())
        : new SendOutcome.Refused(refused.code(), refused.message());
  }

  /** On v1 a duplicate has no code: the message is all there is to tell it by. */
  private static boolean isDuplicate(String code, String message) {
    return code.equals(DUPLICATE_CODE)
        || message.toLowerCase(Locale.ROOT).contains(DUPLICATE_MESSAGE);
  }

  private static SendOutcome again(Attempt.Cause cause, String why) {
    return switch (cause) {
      case RATE, CONFLICT, SESSION, KEY -> new SendOutcome.NotTaken(cause, why);
      case SERVER, CONNECTION -> new SendOutcome.Unclear(cause, why);
    };
  }
}
