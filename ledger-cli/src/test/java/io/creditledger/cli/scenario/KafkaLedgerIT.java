package io.creditledger.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.scenario.Failure;
import io.creditledger.core.scenario.Scenario;
import io.creditledger.core.scenario.ScenarioRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaLedgerIT {

  @Test
  void every_scenario_holds_on_the_whole_service(@TempDir Path directory) throws Exception {
    // given
    List<Scenario> scenarios =
        new ArrayList<>(ScenarioFiles.in(ScenarioFiles.folder("docs/scenarios").orElseThrow()));
    ScenarioFiles.folder("shared/vectors")
        .ifPresent(vectors -> scenarios.addAll(ScenarioFiles.in(vectors)));

    // when
    List<String> failures;
    try (KafkaLedger ledger = KafkaLedger.start(directory)) {
      failures =
          ScenarioRunner.runTogether(scenarios, ledger).stream()
              .flatMap(result -> result.failures().stream())
              .map(Failure::line)
              .toList();
    }

    // then
    assertThat(failures).isEmpty();
  }
}
