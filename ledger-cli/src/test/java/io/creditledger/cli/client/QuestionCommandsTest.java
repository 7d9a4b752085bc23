package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is allowed, what it costs, what it would do. */
class QuestionCommandsTest {

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void whoIsAllowedIsToldWhatItCosts() {
    stub.answers(
        200,
        """
        {"customer":"cus_1","meter":"m","quantity":"5","allowed":true,"reason":null,\
        "message":"This costs 2.5 credits.","cost":"2.5","unit":"credits","available":"40",\
        "next_grant_at":null,"expires_next":"2026-12-01T00:00:00Z",\
        "limit":{"quantity":"100","per":"day","used":"7","left":"93",\
        "resets_at":"2026-11-22T00:00:00Z"},"sequence":3}""");

    Cli.Result result =
        cli.run(
            "entitlement",
            "cus_1",
            "a/b",
            "--quantity",
            "5",
            "--subscription",
            "sub 1",
            "--property",
            "mo&del=m-large");

    assertThat(result.status()).isZero();
    assertThat(stub.request().target())
        .isEqualTo(
            "/v1/customers/cus_1/entitlements/a%2Fb"
                + "?quantity=5&subscription=sub%201&property.mo%26del=m-large");
    assertThat(result.out())
        .isEqualTo(
            """
            allowed: This costs 2.5 credits.
              cost         2.5 credits
              available    40 credits
              next expiry  2026-12-01T00:00:00Z
              limit        93 of 100 a day left until 2026-11-22T00:00:00Z
            """);
  }

  @Test
  void whoIsNotAllowedIsToldWhyAndTheStatusSaysSo() {
    String answer =
        """
        {"customer":"cus_1","meter":"m","quantity":"1","allowed":false,\
        "reason":"METER_DISABLED","message":"Your plan does not include M.","cost":null,\
        "unit":"credits","available":"40","next_grant_at":null,"expires_next":null,"sequence":3}""";
    stub.answers(200, answer).answers(200, answer);

    Cli.Result told = cli.run("entitlement", "cus_1", "m");
    Cli.Result json = cli.run("entitlement", "cus_1", "m", "--json");

    assertThat(told.status()).isEqualTo(1);
    assertThat(told.out())
        .isEqualTo(
            """
            not allowed, METER_DISABLED: Your plan does not include M.
              available  40 credits
            """);
    assertThat(told.err()).isEmpty();
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.out()).isEqualTo(answer + "\n");
  }

  @Test
  void theRateCardHasALineForEachRate() {
    stub.answers(
        200,
        """
        {"version":"v","default_unit":"credits","units":[],"meters":[\
        {"meter":"llm","name":"Tokens","unit":"credits","quantity_unit":"tokens","rates":[\
        {"credits":"0.3","per":"1000","match":{"model":"l","tier":"x"},\
        "effective_from":"2026-01-01T00:00:00Z"},\
        {"credits":"0.1","per":"1000","match":{},"effective_from":null}]},\
        {"meter":"task","name":"Tasks","unit":"credits","quantity_unit":null,"rates":[\
        {"credits":"3.5","per":"1","match":{},"effective_from":null}]}]}""");

    Cli.Result result = cli.run("rate-card");

    assertThat(result.out())
        .isEqualTo(
            """
            METER  NAME    WHEN             FROM                  UNIT     CREDITS   PER      OF
            llm    Tokens  model=l, tier=x  2026-01-01T00:00:00Z  credits      0.3  1000  tokens
            llm    Tokens  any              always                credits      0.1  1000  tokens
            task   Tasks   any              always                credits      3.5     1
            """);
  }

  private static final String PREVIEWED =
      """
      {"customer":"cus_1","id":"preview","outcome":"accepted","entry":{"type":"usage",\
      "customer":"cus_1","sequence":3,"id":"preview","credits":"5","unit":"credits",\
      "allocations":[{"grant":"g_1","amount":"5","remaining":"0"}]},"balances":[{"unit":"credits",\
      "before":{"settled":"5","held":"0","available":"5","overage":"0","overdraft":"0"},\
      "after":{"settled":"0","held":"0","available":"0","overage":"0","overdraft":"0"}}],\
      "alerts":[{"type":"depleted"}]}""";

  @Test
  void aPreviewOfAFileShowsWhatWouldBe(@TempDir Path directory) throws IOException {
    stub.answers(
        200,
        PREVIEWED.replace(
            "\"remaining\":\"0\"}]}",
            "\"remaining\":\"0\"}],"
                + "\"alerts\":[{\"type\":\"depleted\",\"unit\":\"credits\",\"available\":\"0\"}]}"));
    String event = "{\"customer\":\"cus_1\",\"credits\":5}";
    Path file = Files.writeString(directory.resolve("event.json"), event);

    Cli.Result result = cli.run("preview", file.toString());

    assertThat(result.status()).isZero();
    assertThat(stub.request().target()).isEqualTo("/v1/preview");
    assertThat(stub.request().body()).isEqualTo(event);
    assertThat(result.out())
        .isEqualTo(
            """
            It would be accepted. cus_1: used 5 credits
              moved  g_1 5
              told   depleted 0

            UNIT             AVAILABLE  HELD  SETTLED  OVERAGE  OVERDRAFT
            credits  before          5     0        5        0          0
                     after           0     0        0        0          0
            """);
  }

  @Test
  void anEventCanComeFromStandardInput() {
    stub.answers(200, PREVIEWED);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("{\"x\":1}".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(cli.run("preview").status()).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(stub.request().body()).isEqualTo("{\"x\":1}");
  }

  @Test
  void whatWouldBeRefusedIsToldAsTheRefusal(@TempDir Path directory) throws IOException {
    stub.answers(
        200,
        """
        {"customer":"cus_1","id":"preview","outcome":"rejected","problem":{"status":402,\
        "code":"INSUFFICIENT_CREDITS","detail":"asked for 9, available 5","field":"credits",\
        "remedy":"use less"},"balances":[]}""");

    Cli.Result result =
        cli.run("preview", Files.writeString(directory.resolve("e"), "{}").toString());

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("It would be refused.\n");
    assertThat(result.err())
        .isEqualTo(
            """
            error INSUFFICIENT_CREDITS: asked for 9, available 5 (credits)
            remedy: use less
            """);
  }

  @Test
  void whatIsKnownAlreadyWouldChangeNothing(@TempDir Path directory) throws IOException {
    stub.answers(200, "{\"id\":\"u_1\",\"outcome\":\"duplicate\",\"of\":4,\"balances\":[]}");

    Cli.Result result =
        cli.run("preview", Files.writeString(directory.resolve("e"), "{}").toString());

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo("u_1 has been recorded already, as entry 4; nothing would change.\n");
  }
}
