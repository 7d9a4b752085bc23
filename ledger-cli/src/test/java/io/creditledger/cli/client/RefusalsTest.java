package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.streams.FreePort;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

  private static final String PROBLEM =
      """
      {"type":"/docs#INSUFFICIENT_CREDITS","title":"Insufficient credits","status":402,\
      "code":"INSUFFICIENT_CREDITS","detail":"12 credits are needed and 3 are available",\
      "field":"credits","remedy":"grant credits, or use less","instance":"/v1/usage"}""";

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void aRefusalIsToldWithItsCodeAndRemedy() {
    stub.answers(402, PROBLEM);

    Cli.Result result = cli.run("usage", "cus_1", "--credits", "12", "--id", "u_1");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            """
            error INSUFFICIENT_CREDITS: 12 credits are needed and 3 are available
            remedy: grant credits, or use less
            """);
  }

  @Test
  void aRefusalIsJsonWhereJsonIsAskedFor() {
    stub.answers(402, PROBLEM);

    Cli.Result result = cli.run("usage", "cus_1", "--credits", "12", "--id", "u_1", "--json");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEqualTo(PROBLEM + "\n");
  }

  @Test
  void withoutALedgerTheHintIsToStartOne() {
    int port = FreePort.onLoopback();

    Cli.Result result = new Cli(URI.create("http://127.0.0.1:" + port)).run("balance", "cus_1");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .startsWith("error: no ledger answers at http://127.0.0.1:" + port)
        .contains("./ledger up");
  }

  @Test
  void somethingElseThanALedgerIsRecognised() {
    stub.answers(200, "<html>It works!</html>");

    Cli.Result result = cli.run("balance", "cus_1");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("no ledger");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "balance | Missing required parameter: 'CUSTOMER'",
        "usage cus_1 | give --meter with --quantity, or --credits",
        "usage cus_1 --quantity 1 | give --meter with --quantity, or --credits",
        "usage cus_1 --meter m --quantity 1 --credits 1 | exclude each other",
        "usage cus_1 --credits 1 --occurred-at tomorrow | 'tomorrow' is neither a time",
        "grant cus_1 | Missing required parameter: 'AMOUNT'",
        "grant cus_1 1 --cost 5 | --currency",
        "grant cus_1 1 --count 5 | --every",
        "grant cus_1 1 --priority high | 'high' is not an int",
        "entries cus_1 --limit many | 'many' is not an int",
        "catalog | Missing: apply FILE, or show",
        "catalog apply no-such-file.yaml | cannot read no-such-file.yaml",
        "reserve cus_1 | give --meter with --quantity, or --credits",
        "reserve cus_1 --credits 1 --ttl PT1M --expires 2026-12-01 | mutually exclusive",
        "settle cus_1 r_1 --credits 1 --quantity 1 | mutually exclusive",
        "extend cus_1 g_1 | give --expires, --never or --metadata",
        "extend cus_1 g_1 --never --expires 2026-12-01 | mutually exclusive",
        "settings cus_1 --top-up-threshold 5 | Missing required argument",
        "settings cus_1 --top-up-amount 5 | --top-up-threshold",
        "settings cus_1 --no-top-up --top-up-threshold 5 --top-up-amount 1 | mutually exclusive",
        "settings cus_1 --alert-low u=5 --alert-default u | excludes another rule for u",
        "watch cus_1 --last 2 --since 5 | mutually exclusive",
        "watch cus_1 --last 1001 | --last is not a number from 0 to 1000",
        "preview no-such-file.json | cannot read no-such-file.json",
        "top-up | Missing: fail or cancel",
        "balance cus_1 --subscribtion s | Possible solutions: --subscription",
        "import no-such-file.csv --map customer=c,credits=n | cannot read no-such-file.csv",
      })
  void aCommandLineThatCannotBeUnderstoodIsRefusedBeforeAnythingIsSent(
      String line, String message) {
    Cli.Result result = line.contains(" ") ? cli.run(line.split(" ", -1)) : cli.bare(line);

    assertThat(result.err()).contains(message).contains(" --help'.");
    assertThat(result.status()).isEqualTo(2);
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    Cli.Result result = new Cli(URI.create("localhost:8400")).run("balance", "cus_1");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--url is not an address such as http://127.0.0.1:8400");
  }

  @Test
  void theKeyIsSentAndAPathInTheAddressKept() {
    stub.answers(200, "{}");

    try (LedgerClient client =
        new LedgerClient(stub.address().resolve("/credits/"), Optional.of("secret"))) {
      client.get("/v1/catalog");
    }

    assertThat(stub.request().authorization()).isEqualTo("Bearer secret");
    assertThat(stub.request().target()).isEqualTo("/credits/v1/catalog");
  }
}
