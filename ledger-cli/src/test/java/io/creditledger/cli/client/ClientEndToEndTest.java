package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a ledger as it runs. */
class ClientEndToEndTest {

  private static final String CATALOG =
      """
      default_unit: credits
      meters:
        llm.input_tokens:
          rates:
            - {credits: "0.5", per: 1000}
      """;

  @TempDir private static Path directory;
  private static DevStack stack;
  private static Cli cli;

  @BeforeAll
  static void start() throws InterruptedException {
    stack = DevStack.start(StackSettings.trial(directory.resolve("data")));
    stack.awaitReady(Duration.ofMinutes(2));
    cli = new Cli(stack.address());
    assertThat(cli.run("catalog", "apply", file("catalog.yaml", CATALOG)).status()).isZero();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static String file(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ok(String... arguments) {
    Cli.Result result = cli.run(arguments);
    assertThat(result.status()).as("%s %s", result.out(), result.err()).isZero();
    return result.squeezed();
  }

  @Test
  void aGrantIsUsedAndTheRestTakenBack() {
    assertThat(
            ok(
                "grant",
                "cus_1",
                "3900",
                "--id",
                "g_1",
                "--priority",
                "10",
                "--name",
                "Plus",
                "--expires",
                "2099-01-01",
                "--cost",
                "39",
                "--currency",
                "usd"))
        .contains("cus_1: granted 3900 credits as g_1, open, expires 2099-01-01T00:00:00Z")
        .contains("available 3900");
    assertThat(ok("grant", "cus_1", "750", "--id", "g_2", "--meters", "llm.input_tokens"))
        .contains("expires never");
    assertThat(
            ok(
                "usage",
                "cus_1",
                "--meter",
                "llm.input_tokens",
                "--quantity",
                "1000000",
                "--id",
                "u_1",
                "--property",
                "model=m-large"))
        .contains("used 500 credits for 1000000 of llm.input_tokens")
        .contains("moved g_1 500");
    assertThat(ok("usage", "cus_1", "--credits", "0.25", "--id", "u_2")).contains("g_1 0.25");
    assertThat(ok("usage", "cus_1", "--credits", "0.25", "--id", "u_2"))
        .contains("u_2 had been recorded before, as entry 4");
    assertThat(ok("balance", "cus_1", "--consistency", "committed"))
        .contains("after entry 4")
        .contains("\ncredits 4149.75 0 4149.75 0 0\n")
        .contains("\n g_1 open paid ")
        .contains(" everything 10 3399.75 0 3900\n")
        .contains(" never llm.input_tokens 50 750 0 750\n");
    assertThat(ok("void", "cus_1", "g_1", "--amount", "99.75", "--id", "v_1"))
        .contains("took back 99.75 credits of g_1");
    assertThat(ok("void", "cus_1", "g_1", "--id", "v_2")).contains("took back 3300 credits of g_1");
    assertThat(ok("grants", "cus_1"))
        .contains("\ng_1 Plus voided paid ")
        .contains(" everything credits 10 3900 500.25 0 3399.75 0\n");
    assertThat(ok("entries", "cus_1", "--limit", "2"))
        .contains(" void v_2 void g_1 3300 3300 credits ")
        .contains("Go on with --before 5");
    assertThat(ok("balance", "cus_1", "--unit", "credits", "--json")).startsWith("{\"customer\"");
  }

  @Test
  void aUsageIsExplainedFromTheLog() {
    ok(
        "grant",
        "cus_x",
        "10",
        "--id",
        "x_old",
        "--priority",
        "10",
        "--meters",
        "llm.output_tokens");
    ok("grant", "cus_x", "4", "--id", "x_1", "--priority", "20");
    ok("usage", "cus_x", "--meter", "llm.input_tokens", "--quantity", "10000", "--id", "x_use");
    ok("usage", "cus_x", "--meter", "llm.input_tokens", "--quantity", "10000", "--id", "x_use");

    String explained = ok("explain", "x_use");

    assertThat(explained)
        .contains("cus_x: used 5 credits for 10000 of llm.input_tokens")
        .contains(" entry 3 at ledger.entries-")
        .contains(" input ledger.usage-events-")
        .contains("meters.llm.input_tokens.rates[0] 0.5 per 1000 applied is for any usage")
        .contains(" x_old 10 0 0 out of scope is limited to meters [llm.output_tokens]")
        .contains(" x_1 4 0 4 paid its turn, and it had credits for it")
        .contains("Beyond grants: 1 overage; the policy is bill, set by the catalog")
        .contains(" before 14 0 14 0 0")
        .contains(" after 10 0 10 1 0")
        .contains("Delivered again at ledger.usage-events-");
    assertThat(ok("explain", "x_use", "--customer", "cus_x")).isEqualTo(explained);
    assertThat(cli.run("explain", "x_none").err()).contains("USAGE_UNKNOWN");
  }

  @Test
  void aGrantThatComesAgainIsTaken() {
    assertThat(
            ok(
                "grant",
                "cus_r",
                "100",
                "--id",
                "g_r",
                "--every",
                "P1M",
                "--rollover-cap",
                "10",
                "--count",
                "12"))
        .contains("granted 100 credits as g_r, open, expires 20");
  }

  @Test
  void aTaskIsReservedSettledAndReversed() {
    ok("grant", "cus_t", "100", "--id", "g_1");
    ok("settings", "cus_t", "--overdraft", "reject", "--id", "set_1");

    assertThat(
            ok(
                "reserve",
                "cus_t",
                "--meter",
                "llm.input_tokens",
                "--quantity",
                "100000",
                "--id",
                "r_1",
                "--ttl",
                "PT5M"))
        .contains("cus_t: holds 50 credits for 100000 of llm.input_tokens as r_1 until ")
        .contains("held g_1 50")
        .contains("available 50");
    assertThat(ok("reservations", "cus_t")).contains("\nr_1 llm.input_tokens ");
    assertThat(cli.run("entitlement", "cus_t", "llm.input_tokens", "--quantity", "200000").status())
        .isEqualTo(1);
    assertThat(ok("entitlement", "cus_t", "llm.input_tokens", "--quantity", "100000"))
        .startsWith("allowed: This costs 50 ");
    assertThat(ok("settle", "cus_t", "r_1", "--quantity", "60000"))
        .contains("cus_t: settled r_1 at 30 credits")
        .contains("returned g_1 20")
        .contains("available 70");
    assertThat(ok("reserve", "cus_t", "--credits", "70", "--id", "r_2")).contains("available 0");
    assertThat(ok("release", "cus_t", "r_2")).contains("returned g_1 70");
    assertThat(ok("reverse", "cus_t", "r_1", "--amount", "10", "--actor", "ann"))
        .contains("reversed 10 credits of r_1")
        .contains("available 80");
    assertThat(ok("reservation", "cus_t", "r_1")).startsWith("cus_t: settled r_1 at 20 credits");
  }

  @Test
  void booksAreCorrected() {
    ok("grant", "cus_c", "100", "--id", "g_1", "--pending");
    assertThat(ok("confirm", "cus_c", "g_1")).contains("confirmed g_1, open", "available 100");
    assertThat(ok("extend", "cus_c", "g_1", "--expires-at", "2099-01-01", "--metadata", "a=1"))
        .contains("changed g_1, expires 2099-01-01T00:00:00Z");
    assertThat(ok("adjust", "cus_c", "-30", "--description", "counted twice"))
        .contains("moved adjust down g_1 30");
    assertThat(ok("debit", "cus_c", "5", "--id", "fee_1")).contains("used 5 credits");
    ok("grant", "cus_c", "7", "--id", "g_2", "--pending");
    assertThat(ok("cancel", "cus_c", "g_2")).contains("cancelled g_2", "available 65");
    assertThat(ok("grants", "cus_c", "--state", "voided")).contains("\ng_2 ").doesNotContain("g_1");
    assertThat(ok("preview", file("e.json", "{\"customer\":\"cus_c\",\"credits\":\"65\"}")))
        .contains("It would be accepted. cus_c: used 65 credits")
        .contains("\ncredits before 65 0 65 0 0\n after 0 0 0 0 0\n");
    assertThat(ok("rate-card")).contains("llm.input_tokens any always credits 0.5 1000");
  }

  @Test
  void topUpsAreAskedForAndAnswered() {
    assertThat(
            ok(
                "settings",
                "cus_u",
                "--alert-low",
                "credits=20",
                "--top-up-threshold",
                "10",
                "--top-up-amount",
                "50",
                "--top-up-cool-down",
                "PT0S"))
        .contains("told top up requested top-up-1 50");
    assertThat(ok("top-up", "fail", "cus_u", "top-up-1", "--description", "card declined"))
        .contains("top-up-1 failed", "told top up requested top-up-2 50");
    ok("grant", "cus_u", "50", "--id", "g_1", "--top-up", "top-up-2");
    assertThat(ok("settings", "cus_u"))
        .contains("alerts in credits low at 20")
        .contains("top-up 50 credits below 10")
        .doesNotContain("waits for");
    assertThat(ok("settings", "cus_u", "--alert-default", "credits", "--no-top-up"))
        .contains("alerts the catalog's", "top-up none");
  }

  @Test
  void aJournalIsWatchedAsItGrowsToTheByte() throws NoSuchAlgorithmException {
    CompletableFuture<Cli.Result> watch =
        CompletableFuture.supplyAsync(
            () -> cli.run("watch", "cus_w", "--since", "0", "--count", "6", "--json"));
    ok("grant", "cus_w", "100", "--id", "g_1", "--description", "ünï / \"code\"");
    for (int i = 1; i <= 5; i++) {
      ok("usage", "cus_w", "--credits", "1", "--id", "u_" + i);
    }

    List<String> lines = watch.join().out().lines().toList();

    assertThat(lines).hasSize(6);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (int i = 1; i < lines.size(); i++) {
      byte[] before = sha256.digest(lines.get(i - 1).getBytes(StandardCharsets.UTF_8));
      assertThat(lines.get(i))
          .contains("\"sequence\":" + (i + 1) + ",")
          .contains(Base64.getUrlEncoder().withoutPadding().encodeToString(before));
    }
    assertThat(ok("watch", "cus_w", "--last", "2", "--count", "2")).contains(" 5 ", " 6 ");
  }

  @Test
  void aRefusalIsToldWithItsRemedy() {
    Cli.Result result = cli.run("void", "cus_1", "no_such", "--id", "v_0");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("error GRANT_UNKNOWN: ").contains("\nremedy: ");
  }

  @Test
  void anInvalidCatalogChangesNothing() {
    Cli.Result result =
        cli.run("catalog", "apply", file("bad.yaml", "default_unit: credits\nmeter: {}\n"));

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("bad.yaml:2:1: meter");
    assertThat(ok("catalog", "show")).contains("llm.input_tokens");
  }

  @Test
  void theCatalogShownCanBeAppliedAgain() {
    String version = ok("catalog", "show", "--json").replaceAll("(?s).*\"version\":\"", "");

    String applied = ok("catalog", "apply", file("shown.yaml", cli.run("catalog", "show").out()));

    assertThat(applied).startsWith("Catalog " + version.substring(0, 12) + " is in force");
  }

  @Test
  void anImportRepeatedChangesNothing() {
    String lines =
        IntStream.range(0, 2_500)
            .mapToObj(i -> "2023-11-16 18:15:" + (10 + i % 50) + ".5,cus_i" + i % 7 + ",1000,m-1")
            .collect(Collectors.joining("\n"));
    String file = file("trace.csv", "TIMESTAMP,Customer,Tokens,Model\n" + lines + "\n");
    String[] command = {
      "import",
      file,
      "--map",
      "customer=Customer,meter='llm.input_tokens',quantity=Tokens,occurred_at=TIMESTAMP",
      "--map",
      "property.model=Model",
      "--shift-to",
      Instant.now().toString()
    };

    assertThat(ok(command)).contains("2,500 lines, 2,500 accepted, 0 duplicate, 0 rejected");
    String before = ok("balance", "cus_i0", "--consistency", "committed");
    assertThat(ok(command)).contains("2,500 lines, 0 accepted, 2,500 duplicate, 0 rejected");

    assertThat(before).contains("after entry 358").contains("credits 0 0 0 179 0");
    assertThat(ok("balance", "cus_i0", "--consistency", "committed"))
        .contains("after entry 358")
        .contains("credits 0 0 0 179 0");
  }

  @Test
  void refusedLinesDoNotStopAnImport() {
    Cli.Result result =
        cli.run(
            "import",
            file(
                "mixed.csv",
                "who,what,n\ncus_m,llm.input_tokens,1000\ncus_m,nope,1\ncus_m,llm.input_tokens,-1\n"),
            "--map",
            "customer=who,meter=what,quantity=n");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("line 3: METER_UNKNOWN: ").contains("line 4: ");
    assertThat(result.out()).contains("3 lines, 1 accepted, 0 duplicate, 2 rejected");
  }
}
