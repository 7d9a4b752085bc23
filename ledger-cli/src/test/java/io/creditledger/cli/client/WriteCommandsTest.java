package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteCommandsTest {

  private static final String GRANTED =
      """
      {"id":"g_1","outcome":"accepted","sequence":1,"position":{"topic":"t","partition":0,"offset":7},\
      "entry":{"v":1,"type":"grant","customer":"cus_1","sequence":1,"id":"g_1","made":{"grant":"g_1",\
      "amount":"3900","unit":"credits","state":"open","expires_at":"2026-12-01T00:00:00Z"},\
      "unit":"credits","balance":{"unit":"credits","settled":"3900","available":"3900"}}}""";

  private static final String DUPLICATE =
      "{\"id\":\"g_1\",\"outcome\":\"duplicate\",\"of\":12,\"position\":{}}";

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void aGrantIsWaitedForAndItsOutcomeTold() throws IOException {
    stub.answers(201, GRANTED);

    Cli.Result result = cli.run("grant", "cus_1", "3900", "--id", "g_1", "--expires", "2026-12-01");

    assertThat(result.status()).isZero();
    assertThat(stub.request().target()).isEqualTo("/v1/grants");
    assertThat(stub.request().prefer()).isEqualTo("wait=10");
    assertThat(stub.request().json())
        .isEqualTo(
            json(
                """
                {"id":"g_1","customer":"cus_1","amount":"3900",
                 "expires_at":"2026-12-01T00:00:00Z"}"""));
    assertThat(result.out())
        .isEqualTo(
            """
            cus_1: granted 3900 credits as g_1, open, expires 2026-12-01T00:00:00Z
              id         g_1
              entry      1
              available  3900
            """);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void everyOptionOfAGrantIsSent() throws IOException {
    stub.answers(201, GRANTED);

    cli.run(
        "grant",
        "cus_1",
        "100",
        "--id",
        "g_1",
        "--effective",
        "2026-11-01T00:00:00+01:00",
        "--priority",
        "10",
        "--category",
        "promotional",
        "--unit",
        "images",
        "--name",
        "Plus",
        "--meters",
        "a,b",
        "--subscriptions",
        "sub_1",
        "--cost",
        "39.00",
        "--currency",
        "usd",
        "--every",
        "P1M",
        "--anchor",
        "2026-11-01",
        "--lifetime",
        "P1M",
        "--until",
        "2027-11-01",
        "--count",
        "12",
        "--rollover-cap",
        "50",
        "--rollover-fraction",
        "0.5",
        "--rollover-lifetime",
        "P2M");

    assertThat(stub.request().json())
        .isEqualTo(
            json(
                """
                {"id":"g_1","customer":"cus_1","amount":"100","unit":"images",
                 "category":"promotional","priority":10,"effective_at":"2026-10-31T23:00:00Z",
                 "scope":{"meters":["a","b"],"subscriptions":["sub_1"]},"name":"Plus",
                 "cost_basis":{"amount":"39.00","currency":"usd"},
                 "recurrence":{"period":"P1M","anchor":"2026-11-01T00:00:00Z","lifetime":"P1M",
                   "until":"2027-11-01T00:00:00Z","count":12,
                   "rollover":{"cap":"50","fraction":"0.5","lifetime":"P2M"}}}"""));
  }

  @Test
  void anIdThatIsMadeUpIsTold() throws IOException {
    stub.answers(201, GRANTED);

    Cli.Result result = cli.run("grant", "cus_1", "1");

    assertThat(result.err()).isEqualTo("id: " + stub.request().json().path("id").asText() + "\n");
    assertThat(result.err()).matches("id: g_[0-9a-z]+\n");
  }

  @Test
  void aDuplicateIsNoFailure() {
    stub.answers(200, DUPLICATE);

    Cli.Result result = cli.run("grant", "cus_1", "1", "--id", "g_1");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo("g_1 had been recorded before, as entry 12; nothing has changed.\n");
  }

  @Test
  void whatIsNotDecidedInTimeFails() {
    stub.answers(202, "{\"id\":\"g_1\",\"outcome\":\"pending\",\"position\":{}}");

    Cli.Result result = cli.run("grant", "cus_1", "1", "--id", "g_1");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            error: not decided within 10 s
            remedy: send it again with --id g_1 to learn the outcome; it cannot count twice
            """);
  }

  @Test
  void usageIsSentAndItsAllocationsTold() throws IOException {
    stub.answers(
        201,
        """
        {"id":"u_1","outcome":"accepted","sequence":2,"entry":{"type":"usage","customer":"cus_1",\
        "sequence":2,"id":"u_1","meter":"tokens","quantity":"1250","credits":"3.5","unit":"credits",\
        "allocations":[{"grant":"g_1","amount":"3.5","remaining":"6.5"}],\
        "balance":{"available":"6.5"}}}""");

    Cli.Result result =
        cli.run(
            "usage",
            "cus_1",
            "--meter",
            "tokens",
            "--quantity",
            "1250",
            "--id",
            "u_1",
            "--subscription",
            "sub_1",
            "--property",
            "model=m-large",
            "--property",
            "user=u=7",
            "--occurred-at",
            "2026-11-21T10:00:00Z");

    assertThat(stub.request().json())
        .isEqualTo(
            json(
                """
                {"id":"u_1","customer":"cus_1","meter":"tokens","quantity":"1250",
                 "subscription":"sub_1","properties":{"model":"m-large","user":"u=7"},
                 "occurred_at":"2026-11-21T10:00:00Z"}"""));
    assertThat(result.out())
        .isEqualTo(
            """
            cus_1: used 3.5 credits for 1250 of tokens
              id         u_1
              entry      2
              moved      g_1 3.5
              available  6.5
            """);
  }

  @Test
  void aVoidNamesItsGrantInThePath() throws IOException {
    stub.answers(200, DUPLICATE);

    cli.run("void", "cus_1", "g/1", "--amount", "5", "--id", "v_1");

    assertThat(stub.request().target()).isEqualTo("/v1/grants/g%2F1/void");
    assertThat(stub.request().json())
        .isEqualTo(json("{\"id\":\"v_1\",\"customer\":\"cus_1\",\"amount\":\"5\"}"));
  }

  private static JsonNode json(String text) throws IOException {
    return LedgerClient.MAPPER.readTree(text);
  }
}
