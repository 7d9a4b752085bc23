package io.creditledger.stripe.usage;

import io.creditledger.core.id.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Set;

/**
 * The usage of one customer and one Stripe meter in a half-open interval of time, which is told to
 * Stripe as one event. Its start is the event's time, so it begins at a whole second.
 *
 * @param eventName of the Stripe meter
 */
public record MeterWindow(CustomerId customer, String eventName, Instant start, Instant end)
    implements Comparable<MeterWindow> {

  private static final Comparator<MeterWindow> ORDER =
      Comparator.comparing((MeterWindow window) -> window.customer().value())
          .thenComparing(MeterWindow::eventName)
          .thenComparing(MeterWindow::start)
          .thenComparing(MeterWindow::end);

  /**
   * Checks the interval.
   *
   * @throws IllegalArgumentException if it is empty or does not begin and end at whole seconds
   */
  public MeterWindow {
    if (!start.isBefore(end) || !isWhole(start) || !isWhole(end)) {
      throw new IllegalArgumentException("no window of whole seconds: " + start + " to " + end);
    }
  }

  private static boolean isWhole(Instant instant) {
    return instant.equals(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * The window that an instant falls into: windows of that length follow each other from midnight
   * in UTC, and are cut where a billing period begins or ends.
   *
   * @param length divides a day
   * @param boundaries of the customer's billing periods, as far as they are known
   */
  public static MeterWindow around(
      CustomerId customer, String eventName, Instant at, Duration length, Set<Instant> boundaries) {
    long seconds = length.toSeconds();
    Instant start = Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    Instant end = start.plusSeconds(seconds);
    for (Instant boundary : boundaries) {
      if (boundary.isAfter(at)) {
        end = boundary.isBefore(end) ? boundary : end;
      } else {
        start = boundary.isAfter(start) ? boundary : start;
      }
    }
    return new MeterWindow(customer, eventName, start, end);
  }

  /** Whether a billing period begins or ends within it, so that it must be cut there. */
  public boolean isCutBy(Instant boundary) {
    return boundary.isAfter(start) && boundary.isBefore(end);
  }

  /** Whether all of it lies before an instant. */
  boolean isBefore(Instant instant) {
    return !end.isAfter(instant);
  }

  /** The same before or after a boundary within it, where that instant lies. */
  MeterWindow side(Instant boundary, Instant at) {
    return at.isBefore(boundary)
        ? new MeterWindow(customer, eventName, start, boundary)
        : new MeterWindow(customer, eventName, boundary, end);
  }

  @Override
  public int compareTo(MeterWindow other) {
    return ORDER.compare(this, other);
  }
}
