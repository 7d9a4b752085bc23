package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.relay.RelayStatus;
import io.creditledger.stripe.SyncFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatusFieldsTest {

  private static final int CALLS_PER_SECOND = 25;

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @Test
  void tell_how_fast_usage_goes_and_how_fast_it_may() throws Exception {
    // given
    UsageBench bench = new UsageBench(sync, "meters: {tokens: {send: all, in: quantity}}");
    bench.meter("tokens");
    bench.customer("ann");
    for (int minute = 0; minute < 3; minute++) {
      bench.journal.use("ann", "tokens", "1", START.plus(Duration.ofMinutes(minute)));
    }
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(5));
    assertThat(usage().path("delivered_last_minute").asInt()).isZero();

    // when
    bench.workOnce();

    // then
    assertThat(usage().path("delivered_last_minute").asInt()).isEqualTo(3);
    assertThat(usage().path("calls_per_second_at_most").asInt()).isEqualTo(CALLS_PER_SECOND);

    // when
    sync.clock().advance(Duration.ofMinutes(2));

    // then
    assertThat(usage().path("delivered_last_minute").asInt()).isZero();
  }

  private JsonNode usage() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    RelayStatus running = new RelayStatus(RelayStatus.State.RUNNING, 0, 0, "");
    sync.database()
        .jdbi()
        .useHandle(
            handle ->
                StatusFields.add(
                    status, handle, running, CALLS_PER_SECOND, sync.clock().instant()));
    return status.path("usage");
  }
}
