package io.creditledger.core.wire;

import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.AlertType;
import io.creditledger.core.id.Unit;

/** An alert's own fields, in its entry and on its topic alike. */
final class AlertFields {

  private AlertFields() {}

  static void write(JsonWriter json, Alert alert) {
    json.text(Field.TYPE, alert.type().wireName()).text(Field.UNIT, alert.unit().value());
    writeDetails(json, alert);
  }

  /** What an alert says beside its type and its unit. */
  static void writeDetails(JsonWriter json, Alert alert) {
    switch (alert) {
      case Alert.Low low ->
          json.amount(Field.AVAILABLE, low.available()).amount(Field.BOUND, low.bound());
      case Alert.Depleted depleted -> json.amount(Field.AVAILABLE, depleted.available());
      case Alert.Recovered recovered -> json.amount(Field.AVAILABLE, recovered.available());
      case Alert.ExpiringSoon soon ->
          json.text(Field.GRANT, soon.grant().value())
              .amount(Field.REMAINING, soon.remaining())
              .time(Field.EXPIRES_AT, soon.expiresAt());
      case Alert.TopUpRequested requested ->
          json.text(Field.TOP_UP, requested.topUp().value())
              .amount(Field.AMOUNT, requested.amount());
      case Alert.TopUpPaused paused -> json.number(Field.FAILURES, paused.failures());
    }
  }

  static Alert read(FieldReader fields) {
    Unit unit = fields.required(Field.UNIT, Parse::unit);
    return switch (fields.required(Field.TYPE, AlertFields::type)) {
      case LOW ->
          new Alert.Low(
              unit, fields.requiredCredits(Field.AVAILABLE), fields.requiredCredits(Field.BOUND));
      case DEPLETED -> new Alert.Depleted(unit, fields.requiredCredits(Field.AVAILABLE));
      case RECOVERED -> new Alert.Recovered(unit, fields.requiredCredits(Field.AVAILABLE));
      case EXPIRING_SOON ->
          new Alert.ExpiringSoon(
              unit,
              fields.required(Field.GRANT, Parse::grantId),
              fields.requiredCredits(Field.REMAINING),
              fields.requiredTime(Field.EXPIRES_AT));
      case TOP_UP_REQUESTED ->
          new Alert.TopUpRequested(
              unit,
              fields.required(Field.TOP_UP, Parse::eventId),
              fields.requiredCredits(Field.AMOUNT));
      case TOP_UP_PAUSED ->
          new Alert.TopUpPaused(unit, (int) fields.requiredInteger(Field.FAILURES));
    };
  }

  private static AlertType type(String text) {
    return AlertType.ofWireName(text)
        .orElseThrow(() -> new IllegalArgumentException("is no kind of alert"));
  }
}
