package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioCommandTest {

  @TempDir private Path directory;

  @Test
  void it_ends_with_how_many_passed_and_failed() throws IOException {
    // given
    Path file =
        file(
            """
            - id: right
              what: Six are left.
              steps:
                - {at: 2025-01-01, grant: {id: g, amount: 10}}
                - {at: 2025-01-02, usage: {id: u, credits: 4}}
                - {at: 2025-01-03, expect: {available: 6}}
            - id: wrong
              what: Seven are left, allegedly.
              steps:
                - {at: 2025-01-01, grant: {id: g, amount: 10}}
                - {at: 2025-01-02, usage: {id: u, credits: 4}}
                - {at: 2025-01-03, expect: {available: 7}}
            """);

    // when
    CliRun run = CliRun.of("scenario", file.toString());

    // then
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.out().lines()).last().isEqualTo("1 passed, 1 failed");
    assertThat(run.out())
        .contains("FAILED " + file + ": wrong", "Seven are left, allegedly.")
        .containsPattern("3 +2025-01-03T00:00:00Z +available +7 +6");
  }

  @Test
  void it_succeeds_where_all_pass_on_the_topology() throws IOException {
    // given
    Path file =
        file(
            """
            - id: right
              what: It has expired.
              steps:
                - {at: 2025-01-01, grant: {id: g, amount: 10, expires_at: 2025-01-03}}
                - {at: 2025-01-04, expect: {available: 0, expired: {g: 10}}}
            """);

    // when
    CliRun run = CliRun.of("scenario", file.toString(), "--driver", "topology");

    // then
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("1 passed, 0 failed" + System.lineSeparator());
  }

  @Test
  void a_file_that_is_no_list_is_told_with_its_name() throws IOException {
    // given
    Path file = file("nothing: here");

    // when
    CliRun run = CliRun.of("scenario", file.toString());

    // then
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).startsWith("error: ").contains(file.toString());
  }

  @Test
  void a_file_that_is_not_there_is_a_wrong_command_line() {
    // when
    CliRun run = CliRun.of("scenario", directory.resolve("none.yaml").toString());

    // then
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("none.yaml");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("scenarios.yaml"), text);
  }
}
