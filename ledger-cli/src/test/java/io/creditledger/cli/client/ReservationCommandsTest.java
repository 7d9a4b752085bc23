package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReservationCommandsTest {

  private static final String HELD =
      """
      {"id":"r_1","customer":"cus_1","state":"%s","unit":"credits","credits":"75",\
      "meter":"llm.input_tokens","quantity":"250000",\
      "allocations":[{"grant":"g_1","amount":"50"},{"grant":"g_2","amount":"25"}],\
      "expires_at":"2026-11-21T10:15:00.25Z","sequence":43,"available":"4500"}""";

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void aReservationIsAskedForAndTold() throws IOException {
    stub.answers(201, HELD.formatted("open"));

    Cli.Result result =
        cli.run(
            "reserve",
            "cus_1",
            "--meter",
            "llm.input_tokens",
            "--quantity",
            "250000",
            "--property",
            "model=m-large",
            "--subscription",
            "sub_1",
            "--ttl",
            "PT15M",
            "--id",
            "r_1",
            "--actor",
            "agent/7");

    assertThat(result.status()).isZero();
    assertThat(stub.request().target()).isEqualTo("/v1/reservations");
    assertThat(stub.request().prefer()).isEqualTo("wait=10");
    assertThat(stub.request().json())
        .isEqualTo(
            json(
                """
                {"id":"r_1","customer":"cus_1","actor":"agent/7","meter":"llm.input_tokens",
                 "quantity":"250000","subscription":"sub_1","properties":{"model":"m-large"},
                 "ttl":"PT15M"}"""));
    assertThat(result.out())
        .isEqualTo(
            """
            cus_1: holds 75 credits for 250000 of llm.input_tokens as r_1 until 2026-11-21T10:15:00Z
              id         r_1
              entry      43
              meter      llm.input_tokens
              held       g_1 50, g_2 25
              available  4500
            """);
  }

  @Test
  void theSameReservationAgainSaysWhatBecameOfIt() {
    stub.answers(200, HELD.formatted("settled"));

    Cli.Result result = cli.run("reserve", "cus_1", "--credits", "75", "--id", "r_1");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo(
            "r_1 had been recorded before, as entry 43, and is settled; nothing has changed.\n");
  }

  @Test
  void aShortageIsARefusal() {
    stub.answers(
        402,
        """
        {"status":402,"code":"INSUFFICIENT_CREDITS","detail":"asked for 75, available 50",\
        "field":"credits","remedy":"grant credits, or use less","asked":"75","available":"50"}""");

    Cli.Result result = cli.run("reserve", "cus_1", "--credits", "75");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("error INSUFFICIENT_CREDITS: asked for 75, available 50")
        .contains("remedy: grant credits, or use less");
  }

  @Test
  void aSettlementNeedsNoIdAndTellsWhoPaidAndWhatReturned() throws IOException {
    stub.answers(
        200,
        """
        {"id":"settle:r/1","reservation":"r/1","customer":"cus_1","state":"settled",\
        "unit":"credits","credits":"62","consumed":[{"grant":"g_1","amount":"60"}],\
        "returned":[{"grant":"g_1","amount":"10","to":"available"},\
        {"grant":"g_2","amount":"5","to":"expired"}],"overage":"2","overdraft":"0",\
        "forgiven":"0","sequence":44,"available":"4515"}""");

    Cli.Result result = cli.run("settle", "cus_1", "r/1", "--credits", "62");

    assertThat(stub.request().target()).isEqualTo("/v1/reservations/r%2F1/settle");
    assertThat(stub.request().json())
        .isEqualTo(json("{\"customer\":\"cus_1\",\"credits\":\"62\"}"));
    assertThat(result.out())
        .isEqualTo(
            """
            cus_1: settled r/1 at 62 credits
              id         settle:r/1
              entry      44
              paid       g_1 60
              returned   g_1 10, g_2 5 expired
              beyond     overage 2
              available  4515
            """);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aReleaseReturnsAll() throws IOException {
    stub.answers(
        200,
        """
        {"id":"release:r_1","reservation":"r_1","customer":"cus_1","state":"released",\
        "unit":"credits","returned":[{"grant":"g_1","amount":"75","to":"available"}],\
        "sequence":44,"available":"4575"}""");

    Cli.Result result = cli.run("release", "cus_1", "r_1");

    assertThat(stub.request().target()).isEqualTo("/v1/reservations/r_1/release");
    assertThat(stub.request().json()).isEqualTo(json("{\"customer\":\"cus_1\"}"));
    assertThat(result.out()).startsWith("cus_1: released r_1\n").contains("returned   g_1 75\n");
  }

  @Test
  void oneReservationIsShownOpenOrNot() {
    stub.answers(200, HELD.formatted("open"))
        .answers(
            200,
            """
            {"id":"r_1","customer":"cus_1","state":"settled","unit":"credits","credits":"60",\
            "consumed":[{"grant":"g_1","amount":"60"}],"overage":"0","sequence":43}""")
        .answers(
            200, "{\"id\":\"r_1\",\"customer\":\"cus_1\",\"state\":\"expired\",\"sequence\":43}");

    assertThat(cli.run("reservation", "cus_1", "r_1").out()).startsWith("cus_1: holds 75 credits");
    assertThat(cli.run("reservation", "cus_1", "r_1").out())
        .startsWith("cus_1: settled r_1 at 60 credits\n")
        .contains("paid   g_1 60\n");
    assertThat(cli.run("reservation", "cus_1", "r_1").out()).startsWith("cus_1: r_1 has expired\n");
    assertThat(stub.request().target()).isEqualTo("/v1/reservations/r_1?customer=cus_1");
  }

  @Test
  void openReservationsAreReadToTheLastPage() {
    stub.answers(
            200,
            "{\"customer\":\"cus_1\",\"reservations\":["
                + HELD.formatted("open")
                + "],\"next\":\"43\"}")
        .answers(200, "{\"customer\":\"cus_1\",\"reservations\":[],\"next\":null}");

    Cli.Result result = cli.run("reservations", "cus_1");

    assertThat(stub.requests())
        .extracting(StubLedger.Received::target)
        .containsExactly(
            "/v1/customers/cus_1/reservations?limit=1000",
            "/v1/customers/cus_1/reservations?limit=1000&cursor=43");
    assertThat(result.squeezed())
        .contains("\nr_1 llm.input_tokens 2026-11-21T10:15:00Z g_1 50, g_2 25 credits 75\n");
  }

  private static JsonNode json(String text) throws IOException {
    return LedgerClient.MAPPER.readTree(text);
  }
}
