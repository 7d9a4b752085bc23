package io.creditledger.stripe.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.SyncFixture;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SentUsageTest {

  private static final CustomerId ANN = new CustomerId("ann");
  private static final Instant WINDOW = SyncFixture.START;

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @Test
  void usage_is_sent_once_no_window_waits_and_no_event() {
    assertThat(isSent()).isTrue();
    execute(
        "insert into usage_window (customer, event_name, window_start, window_end, aggregation,"
            + " total, due_at) values ('ann', 'tokens', '"
            + WINDOW
            + "', '"
            + WINDOW.plusSeconds(60)
            + "', 'SUM', 5, now())");
    assertThat(isSent()).as("a window is to be cut").isFalse();
    execute("update usage_window set due_at = null, cut = 5");
    execute(
        "insert into meter_event (identifier, customer, event_name, window_start, window_end,"
            + " revision, part, aggregation, value, state, lane, urgent, next_attempt_at,"
            + " created_at) values ('i', 'ann', 'tokens', '"
            + WINDOW
            + "', '"
            + WINDOW.plusSeconds(60)
            + "', 1, 1, 'SUM', 5, 'pending', 0, false, now(), now())");
    assertThat(isSent()).as("an event is to be sent").isFalse();
    execute("update meter_event set state = 'delivered'");
    assertThat(isSent()).isTrue();
  }

  private boolean isSent() {
    return sync.database()
        .jdbi()
        .withHandle(
            (Handle handle) -> SentUsage.isSent(handle, ANN, WINDOW.plus(Duration.ofDays(1))));
  }

  private void execute(String statement) {
    sync.database().jdbi().useHandle(handle -> handle.execute(statement));
  }
}
