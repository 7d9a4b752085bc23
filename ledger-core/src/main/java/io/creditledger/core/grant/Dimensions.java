package io.creditledger.core.grant;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import java.util.Optional;

/**
 * What a usage belongs to: the meter that measured it and the subscription it was made under.
 * Either may be absent; a grant that is limited to meters (or subscriptions) does not pay for usage
 * that names none.
 */
public record Dimensions(Optional<MeterName> meter, Optional<SubscriptionId> subscription) {

  /** Usage that names neither a meter nor a subscription. */
  public static final Dimensions NONE = new Dimensions(Optional.empty(), Optional.empty());

  /** These dimensions as the end of a sentence: {@code meter "m", subscription "s"}. */
  public String describe() {
    String meterText = meter.map(name -> "meter \"" + name + "\"").orElse("no meter");
    return subscription.map(id -> meterText + ", subscription \"" + id + "\"").orElse(meterText);
  }
}
