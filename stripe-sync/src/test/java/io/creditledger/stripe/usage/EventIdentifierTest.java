package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.id.CustomerId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventIdentifierTest {

  private static final MeterWindow WINDOW = window("cus_1", "tokens", 0, 60);

  @Test
  void is_the_same_for_the_same_event_for_ever() {
    // A golden value: were it to change, a retry over an upgrade would count twice.
    assertThat(EventIdentifier.of(WINDOW, 1, 1))
        .isEqualTo("20261101T000000Z-4wEQDoFiZr9KAhux0GnMlm7tyDJ3j5pZe_etTea_m84-1.1");
  }

  @Test
  void differs_where_anything_differs() {
    List<String> all =
        Stream.of(
                EventIdentifier.of(WINDOW, 1, 1),
                EventIdentifier.of(WINDOW, 1, 2),
                EventIdentifier.of(WINDOW, 2, 1),
                EventIdentifier.of(WINDOW, 11, 1),
                EventIdentifier.of(WINDOW, 1, 11),
                EventIdentifier.of(window("cus_1", "tokens", 0, 30), 1, 1),
                EventIdentifier.of(window("cus_1", "tokens", 1, 60), 1, 1),
                EventIdentifier.of(window("cus_1", "token", 0, 60), 1, 1),
                EventIdentifier.of(window("cus_2", "tokens", 0, 60), 1, 1))
            .toList();

    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void fits_stripe_whatever_the_customer_is_called() {
    String identifier =
        EventIdentifier.of(window("ü".repeat(255), "m".repeat(100), 0, 60), Integer.MAX_VALUE, 99);

    assertThat(identifier).hasSizeLessThanOrEqualTo(100).matches("[\\x21-\\x7e]+");
  }

  private static MeterWindow window(String customer, String meter, int from, int to) {
    return new MeterWindow(
        new CustomerId(customer), meter, START.plusSeconds(from), START.plusSeconds(to));
  }
}
