package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoppingTest {

  @Test
  void a_stopped_service_holds_on_to_no_ledger() {
    // given
    WeakReference<FakeLedger> ledger = usedAndStopped();

    // then
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              return ledger.get() == null;
            });
  }

  private static WeakReference<FakeLedger> usedAndStopped() {
    try (ApiFixture fixture = new ApiFixture()) {
      assertThat(fixture.client.get("/health/live").status()).isEqualTo(200);
      return new WeakReference<>(fixture.ledger);
    }
  }
}
