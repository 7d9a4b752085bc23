package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettingsCommandTest {

  private static final String DUPLICATE = "{\"id\":\"x\",\"outcome\":\"duplicate\",\"of\":12}";

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void settingsAreShown() {
    stub.answers(
        200,
        """
        {"customer":"cus_1","sequence":7,"overdraft_policy":"carry","overdraft_limit":"100",\
        "time_zone":"Europe/Berlin","plan":"plus","alerts":{"credits":{"low":"20","low_share":"0.1",\
        "expiring_soon":"PT168H"},"images":{"low":null,"low_share":null,"expiring_soon":null}},\
        "top_up":{"unit":"credits","threshold":"10","amount":null,"target":"500","monthly_cap":"1000",\
        "cool_down":"PT1H","failures_max":3,"pending":"top-up-2","last_at":null,"failures":2,\
        "paused":false}}""");

    Cli.Result result = cli.run("settings", "cus/1");

    assertThat(result.status()).isZero();
    assertThat(stub.request().method()).isEqualTo("GET");
    assertThat(stub.request().target()).isEqualTo("/v1/customers/cus%2F1");
    assertThat(result.out())
        .isEqualTo(
            """
            cus_1, after entry 7
              plan               plus
              time zone          Europe/Berlin
              overdraft          carry, at most 100
              alerts in credits  low at 20, low at 0.1 of what was granted, expiring soon at PT168H
              alerts in images   depleted and recovered only
              top-up             up to 500 credits below 10, at most 1000 a month, not again within PT1H, paused after 3 failures
              state              waits for top-up-2, 2 failed in a row
            """);
  }

  @Test
  void whatIsNotSetIsSaidToBeSo() {
    stub.answers(
        200,
        """
        {"customer":"cus_1","sequence":0,"overdraft_policy":null,"overdraft_limit":null,\
        "time_zone":"Z","plan":null,"alerts":{},"top_up":null}""");

    assertThat(cli.run("settings", "cus_1").squeezed())
        .contains(" plan none\n", " time zone UTC\n", " overdraft the meter's, or the catalog's\n")
        .contains(" alerts the catalog's\n", " top-up none\n");
  }

  @Test
  void everythingThatIsGivenIsSet() throws IOException {
    stub.answers(200, DUPLICATE);

    Cli.Result result =
        cli.run(
            "settings",
            "cus_1",
            "--id",
            "set_1",
            "--actor",
            "ann",
            "--plan",
            "plus",
            "--time-zone",
            "Europe/Berlin",
            "--overdraft",
            "carry",
            "--overdraft-limit",
            "100",
            "--alert-low",
            "credits=20",
            "--alert-low-share",
            "credits=0.1",
            "--alert-expiring-soon",
            "images=P7D",
            "--alert-default",
            "tokens,seats",
            "--top-up-threshold",
            "10",
            "--top-up-unit",
            "credits",
            "--top-up-target",
            "500",
            "--top-up-monthly-cap",
            "1000",
            "--top-up-cool-down",
            "PT2H",
            "--top-up-failures-max",
            "5");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(stub.request().method()).isEqualTo("PUT");
    assertThat(stub.request().prefer()).isEqualTo("wait=10");
    assertThat(stub.request().json())
        .isEqualTo(
            json(
                """
                {"id":"set_1","customer":"cus_1","actor":"ann","plan":"plus",
                 "time_zone":"Europe/Berlin","overdraft_policy":"carry","overdraft_limit":"100",
                 "alerts":{"credits":{"low":"20","low_share":"0.1"},
                   "images":{"expiring_soon":"P7D"},"tokens":null,"seats":null},
                 "top_up":{"unit":"credits","threshold":"10","target":"500","monthly_cap":"1000",
                   "cool_down":"PT2H","failures_max":5}}"""));
  }

  @Test
  void aTopUpRuleWithoutAUnitIsOfTheCatalogsDefaultOne() throws IOException {
    stub.answers(200, "{\"version\":\"v\",\"default_unit\":\"goodies\"}").answers(200, DUPLICATE);

    cli.run("settings", "cus_1", "--top-up-threshold", "10", "--top-up-amount", "50");

    assertThat(stub.requests().getFirst().target()).isEqualTo("/v1/rate-card");
    assertThat(stub.request().json().path("top_up"))
        .isEqualTo(json("{\"unit\":\"goodies\",\"threshold\":\"10\",\"amount\":\"50\"}"));
  }

  @Test
  void theTopUpRuleCanBeEnded() throws IOException {
    stub.answers(200, DUPLICATE);

    cli.run("settings", "cus_1", "--no-top-up", "--id", "set_1");

    assertThat(stub.request().json())
        .isEqualTo(json("{\"id\":\"set_1\",\"customer\":\"cus_1\",\"top_up\":null}"));
  }

  @Test
  void whatWasSetIsToldAsItIsNow() {
    stub.answers(
        201,
        """
        {"id":"set_1","outcome":"accepted","sequence":8,"entry":{"type":"configure",\
        "customer":"cus_1","sequence":8,"id":"set_1","overdraft_policy":"reject",\
        "time_zone":"Z","alert_rules":{"credits":{"low":"20"}},"balance":{"available":"5"},\
        "alerts":[{"type":"low","unit":"credits","available":"5","bound":"20"}]}}""");

    assertThat(cli.run("settings", "cus_1", "--overdraft", "reject", "--id", "set_1").out())
        .isEqualTo(
            """
            cus_1: changed the settings
              id                 set_1
              entry              8
              available          5
              told               low 5
              plan               none
              time zone          UTC
              overdraft          reject
              alerts in credits  low at 20
              top-up             none
            """);
  }

  private static JsonNode json(String text) throws IOException {
    return LedgerClient.MAPPER.readTree(text);
  }
}
