package io.creditledger.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PriceTest {

  private static final Catalog CATALOG =
      CatalogYaml.parse("test.yaml", "meters: {video: {rates: []}}");

  @Test
  void aRefusalNamesThePropertiesInTheirOrderOnEveryMachine() {
    LedgerEvent usage =
        event(
            """
            {"id":"u","customer":"c","meter":"video","quantity":1,
             "properties":{"size":"4k","codec":"av1","region":"eu","fps":60}}
            """);

    Decision decision =
        Ledger.decide(
            Account.empty(usage.customer()),
            Memory.EMPTY,
            new Input(usage, new Position(Source.USAGE, 0, 0), Instant.EPOCH),
            CATALOG);

    assertThat(decision)
        .isEqualTo(
            new Decision.Rejected(
                Reason.RATE_MISSING,
                "no rate of meter \"video\" applies at 1970-01-01T00:00:00Z to "
                    + "{codec=av1, fps=60, region=eu, size=4k}"));
  }

  private static LedgerEvent event(String json) {
    return ((Reading.Read)
            EventJson.read(Source.USAGE, json.getBytes(StandardCharsets.UTF_8), CATALOG))
        .event();
  }
}
