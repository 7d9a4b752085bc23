package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadCommandsTest {

  private static final String BALANCE =
      """
      {"customer":"cus 1","sequence":42,"consistency":"latest","at":"2026-11-21T10:00:00.123456Z",\
      "units":[{"unit":"credits","settled":"4650","held":"75","available":"4575","overage":"0",\
      "overdraft":"0","grants":[{"id":"g_1","amount":"3900","remaining":"3900","held":"75",\
      "available":"3825","priority":10,"category":"paid","state":"open",\
      "effective_at":"2026-11-01T00:00:00Z","expires_at":"2026-12-01T00:00:00Z","scope":{}},\
      {"id":"g_2","amount":"750","remaining":"750","held":"0","available":"750","priority":50,\
      "category":"promotional","state":"open","effective_at":"2026-11-05T00:00:00Z",\
      "expires_at":null,"scope":{"meters":["llm.input_tokens"]}}]}]}""";

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void aBalanceIsShownPerUnitAndPerGrant() {
    stub.answers(200, BALANCE);

    Cli.Result result = cli.run("balance", "cus 1");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            cus 1 at 2026-11-21T10:00:00Z, after entry 42

            UNIT     AVAILABLE  HELD  SETTLED  OVERAGE  OVERDRAFT
            credits       4575    75     4650        0          0

              GRANT  STATE  CATEGORY     EFFECTIVE             EXPIRES               FOR               PRIORITY  AVAILABLE  HELD    OF
              g_1    open   paid         2026-11-01T00:00:00Z  2026-12-01T00:00:00Z  everything              10       3825    75  3900
              g_2    open   promotional  2026-11-05T00:00:00Z  never                 llm.input_tokens        50        750     0   750
            """);
  }

  @Test
  void customersAndFiltersAreEncoded() {
    stub.answers(200, BALANCE);

    cli.run(
        "balance",
        "a/b ü",
        "--unit",
        "credits",
        "--meter",
        "m&m",
        "--subscription",
        "s 1",
        "--consistency",
        "committed");

    assertThat(stub.request().target())
        .isEqualTo(
            "/v1/customers/a%2Fb%20%C3%BC/balance"
                + "?unit=credits&subscription=s%201&meter=m%26m&consistency=committed");
  }

  @Test
  void jsonIsTheLedgersOwn() {
    stub.answers(200, BALANCE);

    Cli.Result result = cli.run("balance", "cus 1", "--json");

    assertThat(result.out()).isEqualTo(BALANCE + "\n");
  }

  @Test
  void aCustomerWithoutEntriesIsToldAsSuch() {
    stub.answers(200, "{\"customer\":\"new\",\"sequence\":0,\"at\":\"\",\"units\":[]}");

    Cli.Result result = cli.run("balance", "new");

    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("The ledger has no entry for new.\n");
  }

  @Test
  void grantsAreReadToTheLastPage() {
    stub.answers(200, page("g_2", "\"1-0\"")).answers(200, page("g_1", "null"));

    Cli.Result result = cli.run("grants", "cus_1");

    assertThat(result.status()).isZero();
    assertThat(stub.requests())
        .extracting(StubLedger.Received::target)
        .containsExactly(
            "/v1/customers/cus_1/grants?limit=1000",
            "/v1/customers/cus_1/grants?limit=1000&cursor=1-0");
    assertThat(result.squeezed())
        .contains("\ng_2 Plus open paid ")
        .contains("\ng_1 Plus open paid ")
        .contains(" never everything credits 50 3900 900 0 0 3000\n");
  }

  private static String page(String id, String next) {
    return """
    {"customer":"cus_1","grants":[{"id":"%s","amount":"3900","remaining":"3000","held":"0",\
    "available":"3000","priority":50,"category":"paid","state":"open",\
    "effective_at":"2026-11-01T00:00:00Z","expires_at":null,"scope":{},"unit":"credits",\
    "adjusted":"0","consumed":"900","expired":"0","voided":"0","sequence":1,"name":"Plus",\
    "cost_basis":null,"metadata":{}}],"next":%s}"""
        .formatted(id, next);
  }

  @Test
  void entriesSayWhatMoved() {
    stub.answers(
        200,
        """
        {"customer":"cus_1","entries":[{"v":1,"type":"usage","customer":"cus_1","sequence":3,\
        "id":"evt_1","meter":"llm.input_tokens","quantity":"1250.5","credits":"3.75","unit":"credits",\
        "allocations":[{"grant":"g_1","amount":"3","remaining":"0"},\
        {"grant":"g_2","amount":"0.5","remaining":"749.5"}],"overage":"0.25",\
        "balance":{"unit":"credits","settled":"749.5","available":"749.5"},\
        "recorded_at":"2026-11-21T10:00:00.25Z"},\
        {"v":1,"type":"expire","customer":"cus_1","sequence":2,"id":"expire:g_0","grant":"g_0",\
        "amount":"5","unit":"credits","allocations":[{"grant":"g_0","move":"expire","amount":"5",\
        "remaining":"0"}],"recorded_at":"2026-11-21T09:00:00Z"}],"next":2,"complete":false}""");

    Cli.Result result = cli.run("entries", "cus_1", "--limit", "2", "--before", "4");

    assertThat(stub.request().target()).isEqualTo("/v1/customers/cus_1/entries?limit=2&before=4");
    assertThat(result.squeezed())
        .isEqualTo(
            """
            ENTRY RECORDED TYPE ID MOVED AMOUNT AVAILABLE AFTER
            3 2026-11-21T10:00:00Z usage evt_1 g_1 3, g_2 0.5, overage 0.25 3.75 credits 749.5
            2 2026-11-21T09:00:00Z expire expire:g_0 expire g_0 5 5 credits
            Go on with --before 2
            """);
  }
}
