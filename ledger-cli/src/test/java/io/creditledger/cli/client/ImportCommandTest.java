package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.cli.client.StubLedger.Canned;
import io.creditledger.cli.client.StubLedger.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

  private static final String MAP = "customer=who,credits=much";

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @TempDir private Path directory;

  @AfterEach
  void close() {
    stub.close();
  }

  /** Every line accepted. */
  private static Canned all(Received request, String outcome) {
    ObjectNode answer = LedgerClient.MAPPER.createObjectNode();
    var accepted = answer.putArray("accepted");
    for (int i = 0; i < request.lines().size(); i++) {
      accepted.addObject().put("index", i).put("outcome", outcome);
    }
    answer.putArray("rejected");
    return new Canned(201, answer.toString());
  }

  private String file(int lines) throws IOException {
    String text =
        IntStream.range(0, lines)
            .mapToObj(i -> "cus_" + i + ",1")
            .collect(Collectors.joining("\n"));
    return write("who,much\n" + text + "\n");
  }

  private String write(String text) throws IOException {
    return Files.writeString(directory.resolve("use.csv"), text).toString();
  }

  @Test
  void linesAreSentInBatchesOfAThousandInTheirOrder() throws IOException {
    for (int i = 0; i < 3; i++) {
      stub.answers(request -> all(request, "accepted"));
    }

    Cli.Result result = cli.run("import", file(2_500), "--map", MAP);

    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(stub.requests())
        .extracting(request -> request.lines().size())
        .containsExactly(1000, 1000, 500);
    assertThat(stub.requests().getFirst().prefer()).isEqualTo("wait=10");
    assertThat(stub.requests().getFirst().contentType()).isEqualTo("application/x-ndjson");
    JsonNode first = LedgerClient.MAPPER.readTree(stub.requests().get(1).lines().getFirst());
    assertThat(first)
        .isEqualTo(
            LedgerClient.MAPPER.readTree(
                "{\"customer\":\"cus_1000\",\"credits\":\"1\",\"id\":\"csv:use.csv:1002:much\"}"));
    assertThat(result.out())
        .isEqualTo("use.csv: 2,500 lines, 2,500 accepted, 0 duplicate, 0 rejected\n");
  }

  @Test
  void refusedLinesAreToldByTheirNumberAndTheRestIsImported() throws IOException {
    stub.answers(
        207,
        """
        {"accepted":[{"index":0,"outcome":"accepted"},{"index":2,"outcome":"duplicate"}],\
        "rejected":[{"index":1,"status":400,"code":"FIELD_INVALID","detail":"credits is no number",\
        "field":"credits"}]}""");

    Cli.Result result = cli.run("import", write("who,much\na,1\nb,x\nc\n\nd,4\n"), "--map", MAP);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            line 4: LINE_UNREADABLE: the header has 2 columns, this has 1
            line 3: FIELD_INVALID: credits is no number
            """);
    assertThat(result.out())
        .isEqualTo(
            "use.csv: 4 lines, 1 accepted, 1 duplicate, 2 rejected"
                + " (FIELD_INVALID 1, LINE_UNREADABLE 1)\n");
  }

  @Test
  void theSummaryIsJsonWhereJsonIsAskedFor() throws IOException {
    stub.answers(
        422,
        """
        {"status":422,"code":"BATCH_REFUSED","accepted":[],"rejected":[{"index":0,"status":404,\
        "code":"METER_UNKNOWN","detail":"no meter x","field":"meter"}]}""");

    Cli.Result result = cli.run("import", write("who,much\na,1\n"), "--map", MAP, "--json");

    assertThat(result.status()).isEqualTo(1);
    assertThat(LedgerClient.MAPPER.readTree(result.out()))
        .isEqualTo(
            LedgerClient.MAPPER.readTree(
                """
                {"lines":1,"accepted":0,"duplicate":0,"rejected":1,"refusals":[{"line":2,
                 "code":"METER_UNKNOWN","id":"csv:use.csv:2:much","detail":"no meter x",
                 "field":"meter"}]}"""));
  }

  @Test
  void whatIsNotDecidedIsSentAgainAndTheRestIsNot() throws IOException {
    stub.answers(503, "{\"status\":503,\"code\":\"UNAVAILABLE\",\"detail\":\"starting\"}")
        .answers(
            207,
            """
            {"accepted":[{"index":0,"outcome":"accepted"},{"index":1,"outcome":"pending"}],\
            "rejected":[{"index":2,"status":503,"code":"UNAVAILABLE","detail":"not now"}]}""")
        .answers(request -> all(request, "accepted"));

    Cli.Result result = cli.run("import", file(3), "--map", MAP);

    assertThat(result.status()).isZero();
    assertThat(stub.requests())
        .extracting(request -> request.lines().size())
        .containsExactly(3, 3, 2);
    assertThat(result.out()).contains("3 accepted, 0 duplicate, 0 rejected");
  }

  @Test
  void ofABrokenFileNothingIsSent() throws IOException {
    Cli.Result result = cli.run("import", write("who,much\na,1\nb,\"2\n"), "--map", MAP);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: line ").contains("cannot be read as CSV");
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void aColumnThatIsNotThereIsNamed() throws IOException {
    Cli.Result result = cli.run("import", file(1), "--map", "customer=who,credits=Much");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("error: there is no column \"Much\"; the header names who, much\n");
  }

  @Test
  void timesAreMovedAlikeSoThatTheNewestIsWhatIsAskedFor() throws IOException {
    stub.answers(request -> all(request, "accepted"));
    String file = write("who;at;n\na;03.01.2024 10:00;1\nb;02.01.2024 09:30;1\n");

    Cli.Result result =
        cli.run(
            "import",
            file,
            "--delimiter",
            ";",
            "--map",
            "customer=who,credits=n,occurred_at=at",
            "--time-format",
            "dd.MM.yyyy HH:mm",
            "--shift-to",
            "2026-11-21T10:00:00Z");

    assertThat(result.status()).isZero();
    assertThat(result.err()).contains("repeat this import with --shift-to 2026-11-21T10:00:00Z");
    assertThat(stub.request().lines().get(0)).contains("\"occurred_at\":\"2026-11-21T10:00:00Z\"");
    assertThat(stub.request().lines().get(1)).contains("\"occurred_at\":\"2026-11-20T09:30:00Z\"");
  }

  @Test
  void oldTimesGetAHint() throws IOException {
    stub.answers(
        422,
        """
        {"status":422,"code":"BATCH_REFUSED","accepted":[],\
        "rejected":[{"index":0,"status":422,"code":"TOO_OLD","detail":"too old"}]}""");

    Cli.Result result = cli.run("import", file(1), "--map", MAP);

    assertThat(result.out()).contains("--shift-to-now");
  }

  @Test
  void anImportThatBreaksOffSaysSo() throws IOException {
    stub.answers(request -> all(request, "accepted"))
        .answers(401, "{\"status\":401,\"code\":\"UNAUTHORIZED\",\"detail\":\"no key\"}");

    Cli.Result result = cli.run("import", file(1_500), "--map", MAP);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("Broken off after 1000 lines")
        .contains("error UNAUTHORIZED: no key");
  }
}
