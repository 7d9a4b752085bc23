package io.creditledger.core.wire;

import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import java.util.Optional;

/** What usage belongs to, as two fields. */
final class DimensionsJson {

  private DimensionsJson() {}

  static Dimensions read(FieldReader fields) {
    Optional<MeterName> meter = fields.parsed(Field.METER, Parse::meter);
    Optional<SubscriptionId> subscription = fields.parsed(Field.SUBSCRIPTION, Parse::subscription);
    return meter.isEmpty() && subscription.isEmpty()
        ? Dimensions.NONE
        : new Dimensions(meter, subscription);
  }

  static void write(JsonWriter json, Dimensions dimensions) {
    json.text(Field.METER, dimensions.meter()).text(Field.SUBSCRIPTION, dimensions.subscription());
  }
}
