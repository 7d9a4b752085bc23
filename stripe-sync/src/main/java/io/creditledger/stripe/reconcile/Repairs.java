package io.creditledger.stripe.reconcile;

import io.creditledger.relay.Database;
import io.creditledger.stripe.usage.MeterWindow;
import io.creditledger.stripe.usage.WindowCorrection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Has sent again what Stripe lacks, as one more revision of its window, by the rules of all
 * sending. A window that has changed since it was compared is left as it is.
 */
final class Repairs {

  private final Database database;
  private final InstantSource time;

  Repairs(Database database, InstantSource time) {
    this.database = database;
    this.time = time;
  }

  /**
   * What was queued.
   *
   * @param revision of the window
   */
  record Queued(MeterWindow window, int revision, BigDecimal value) {}

  /** Queues it; what was queued. */
  List<Queued> repair(List<Missing> missing) {
    List<Queued> queued = new ArrayList<>();
    for (Missing one : missing) {
      database.jdbi().inTransaction(handle -> repair(handle, one)).ifPresent(queued::add);
    }
    return queued;
  }

  private Optional<Queued> repair(Handle handle, Missing missing) {
    Instant now = time.instant();
    MeterWindow window = missing.window().window();
    Optional<WindowCorrection> locked = WindowCorrection.of(handle, window);
    if (locked.filter(one -> stands(handle, missing, one)).isEmpty()) {
      return Optional.empty();
    }
    WindowCorrection correction = locked.get();
    BigDecimal value = correction.send(handle, missing.value(), now);
    int revision = correction.revision() + 1;
    if (missing.unknown().isEmpty() && correction.addsUp()) {
      handle
          .createUpdate(
              "insert into meter_repair values"
                  + " (:customer, :eventName, :start, :end, :revision, :value, :now)")
          .bind("customer", window.customer().value())
          .bind("eventName", window.eventName())
          .bind("start", window.start())
          .bind("end", window.end())
          .bind("revision", revision)
          .bind("value", value)
          .bind("now", now)
          .execute();
    }
    return Optional.of(new Queued(window, revision, value));
  }

  /**
   * Whether it is still as it was when it was compared; an event that is replaced counts no more.
   */
  private static boolean stands(Handle handle, Missing missing, WindowCorrection correction) {
    return missing
        .unknown()
        .map(event -> correction.withdraw(handle, event.id()))
        .orElse(correction.revision() == missing.window().revision());
  }
}
