package io.creditledger.stripe.usage;

import io.creditledger.stripe.outbox.EventState;
import io.creditledger.stripe.outbox.MeterEventRows;
import io.creditledger.stripe.outbox.ValueSplit;
import io.creditledger.stripe.usage.WindowRows.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One more revision of a window whose usage has not changed, because Stripe does not have what it
 * was sent. The window stays locked until the transaction ends.
 */
public final class WindowCorrection {

  private final Row row;

  private WindowCorrection(Row row) {
    this.row = row;
  }

  /** For a window; empty if there is none any more. */
  public static Optional<WindowCorrection> of(Handle transaction, MeterWindow window) {
    return WindowRows.take(transaction, window).map(WindowCorrection::new);
  }

  /** The revision that was cut last. */
  public int revision() {
    return row.revision();
  }

  /** Whether Stripe adds the window's events up. */
  public boolean addsUp() {
    return switch (row.aggregation()) {
      case SUM -> true;
      case LAST_OF_HOUR, LAST_OF_DAY -> false;
    };
  }

  /**
   * Takes an event out of the count of which nobody knows whether Stripe has it.
   *
   * @return whether it was such an event still
   */
  public boolean withdraw(Handle transaction, long event) {
    return transaction
            .createUpdate("update meter_event set state = :to where id = :id and state = :from")
            .bind("to", EventState.WITHDRAWN.text())
            .bind("id", event)
            .bind("from", EventState.UNKNOWN.text())
            .execute()
        == 1;
  }

  /**
   * Queues the next revision: a value more where Stripe adds events up, and where it keeps the last
   * one all that was sent of the window, again.
   *
   * @return what is sent
   */
  public BigDecimal send(Handle transaction, BigDecimal value, Instant now) {
    BigDecimal sent = addsUp() ? value : row.cut();
    List<BigDecimal> values = addsUp() ? ValueSplit.split(sent) : List.of(sent);
    MeterEventRows.add(transaction, WindowCutter.events(row, values), now);
    WindowRows.revise(transaction, row.window());
    return sent;
  }
}
