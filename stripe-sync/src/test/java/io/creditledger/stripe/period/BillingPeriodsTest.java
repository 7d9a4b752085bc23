package io.creditledger.stripe.period;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.SyncFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BillingPeriodsTest {

  private static final CustomerId ANN = new CustomerId("ann");

  @RegisterExtension final SyncFixture fixture = new SyncFixture();

  @Test
  void a_period_that_begins_inside_another_ends_it_there_in_any_order() {
    BillingPeriod month = period("sub_1", "2026-11-01", "2026-12-01");
    BillingPeriod moved = period("sub_1", "2026-11-20", "2026-12-20");
    BillingPeriod monthLater = period("sub_2", "2026-11-01", "2026-12-01");
    BillingPeriod movedLater = period("sub_2", "2026-11-20", "2026-12-20");

    keep(month, moved, movedLater, monthLater, month);

    assertThat(known("2026-11-10"))
        .containsExactlyInAnyOrder(
            period("sub_1", "2026-11-01", "2026-11-20"),
            moved,
            period("sub_2", "2026-11-01", "2026-11-20"),
            movedLater);
    assertThat(known("2026-11-20")).containsExactlyInAnyOrder(moved, movedLater);
  }

  private void keep(BillingPeriod... periods) {
    fixture
        .database()
        .jdbi()
        .useTransaction(
            handle -> {
              for (BillingPeriod period : periods) {
                BillingPeriods.keep(handle, period);
              }
            });
  }

  private List<BillingPeriod> known(String after) {
    return fixture
        .database()
        .jdbi()
        .withHandle(handle -> BillingPeriods.endingAfter(handle, ANN, at(after)));
  }

  private static BillingPeriod period(String subscription, String from, String to) {
    return new BillingPeriod(ANN, subscription, at(from), at(to));
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }
}
