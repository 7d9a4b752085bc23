package io.creditledger.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.cli.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void the_same_seed_gives_the_same_requests_and_another_seed_others() {
    // when
    List<LlmRequest> requests = all(new GeneratedTraffic(7, 500, 200));

    // then
    assertThat(requests).hasSize(500).isEqualTo(all(new GeneratedTraffic(7, 500, 200)));
    assertThat(requests).isNotEqualTo(all(new GeneratedTraffic(8, 500, 200)));
  }

  @Test
  void few_customers_make_most_requests_and_token_counts_span_orders_of_magnitude() {
    // when
    List<LlmRequest> requests = all(new GeneratedTraffic(1, 20_000, 200));

    // then
    assertThat(requests).allMatch(one -> one.inputTokens() > 0 && one.outputTokens() > 0);
    assertThat(requests).allMatch(one -> one.customer() >= 0 && one.customer() < 200);
    assertThat(requests.stream().filter(one -> one.customer() < 20)).hasSizeBetween(10_000, 15_000);
    assertThat(requests).extracting(LlmRequest::inputTokens).anyMatch(tokens -> tokens < 100);
    assertThat(requests).extracting(LlmRequest::inputTokens).anyMatch(tokens -> tokens > 30_000);
  }

  @Test
  void a_trace_is_moved_so_that_its_last_request_has_just_happened(@TempDir Path directory)
      throws IOException {
    // given
    Path file =
        Files.writeString(
            directory.resolve("trace.csv"),
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.6805900,374,44
            2023-11-16 18:15:50.6805900,396,109
            """);

    // when
    List<LlmRequest> requests = all(TraceTraffic.read(file, 200, NOW));

    // then
    assertThat(requests).extracting(LlmRequest::inputTokens).containsExactly(374L, 396L);
    assertThat(requests)
        .extracting(one -> one.at().orElseThrow())
        .containsExactly(NOW.minusSeconds(4), NOW);
  }

  @Test
  void a_line_that_is_no_request_is_told_with_its_number(@TempDir Path directory)
      throws IOException {
    // given
    Path file =
        Files.writeString(
            directory.resolve("trace.csv"),
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.6805900,374,44
            2023-11-16 18:15:50.6805900,many,109
            """);

    // then
    assertThatThrownBy(() -> TraceTraffic.read(file, 200, NOW))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining("many");
  }

  private static List<LlmRequest> all(Traffic traffic) {
    List<LlmRequest> requests = new ArrayList<>();
    traffic.forEachRemaining(requests::add);
    return requests;
  }
}
