package io.creditledger.cli.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {

  @Test
  void the_median_is_the_middle_round_or_halfway_between_the_two_in_the_middle() {
    assertThat(new Figure("m", "w", "/s", List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
    assertThat(new Figure("m", "w", "/s", List.of(9.0, 1.0, 4.0, 2.0)).median()).isEqualTo(3);
    assertThatThrownBy(() -> new Figure("m", "w", "/s", List.of()))
        .hasMessage("a figure without a round: w");
  }

  @Test
  void the_table_tells_the_median_and_the_range_of_the_rounds() {
    Report report = report();
    StringWriter out = new StringWriter();

    report.print(new PrintWriter(out));

    assertThat(out.toString().lines().skip(1).map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "throughput pass-through 250,000 200,000 300,000 /s 3",
            "throughput ratio 0.250 0.250 0.250 1");
  }

  @Test
  void the_file_holds_every_round(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("run.json");
    Instant started = Instant.parse("2026-11-28T20:00:00Z");

    ReportJson.write(file, started, started.plusSeconds(90), Map.of("plan", "small"), report());

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.path("started").asText()).isEqualTo("2026-11-28T20:00:00Z");
    assertThat(json.path("seconds").asInt()).isEqualTo(90);
    assertThat(json.path("settings").path("plan").asText()).isEqualTo("small");
    assertThat(json.path("machine").path("cores").asInt()).isPositive();
    assertThat(json.path("versions").path("kafka").asText()).isNotEmpty();
    JsonNode figure = json.path("figures").path(0);
    assertThat(figure.path("median").asDouble()).isEqualTo(250_000);
    assertThat(figure.path("rounds")).hasSize(3);
  }

  private static Report report() {
    Report report = new Report();
    report.add("throughput", "pass-through", "/s", 200_000);
    report.add("throughput", "ratio", "", 0.25);
    report.add("throughput", "pass-through", "/s", 300_000);
    report.add("throughput", "pass-through", "/s", 250_000);
    return report;
  }
}
