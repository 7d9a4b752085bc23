package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchCommandTest {

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  private static String entry(long sequence) {
    return ("{\"v\":1,\"type\":\"usage\",\"customer\":\"cus_1\",\"sequence\":%d,\"id\":\"u_%d\","
            + "\"credits\":\"2\",\"unit\":\"credits\",\"note\":\"\\u00fc \\\\/ ü\","
            + "\"allocations\":[{\"grant\":\"g_1\",\"amount\":\"2\",\"remaining\":\"0\"}],"
            + "\"balance\":{\"available\":\"5\"},\"recorded_at\":\"2026-11-21T10:00:00.5Z\"}")
        .formatted(sequence, sequence);
  }

  private static String page(long... sequences) {
    return "{\"customer\":\"cus_1\",\"entries\":["
        + LongStream.of(sequences)
            .mapToObj(WatchCommandTest::entry)
            .collect(Collectors.joining(","))
        + "],\"next\":1,\"complete\":true}";
  }

  private static String balance(long sequence) {
    return "{\"customer\":\"cus_1\",\"sequence\":" + sequence + "}";
  }

  private List<String> targets() {
    List<String> targets = new ArrayList<>();
    stub.requests()
        .forEach(request -> targets.add(request.target().replace("/v1/customers/cus_1", "")));
    return targets;
  }

  private static List<String> sequences(Cli.Result result) {
    return result.out().lines().map(line -> line.strip().split(" ", 2)[0]).toList();
  }

  @Test
  void theLatestEntriesAreShownAndThenThoseThatCome() {
    stub.answers(200, page(8, 7)) // newest first
        .answers(200, page(7, 8))
        .answers(200, page())
        .answers(200, page(9));

    Cli.Result result = cli.run("watch", "cus_1", "--last", "2", "--count", "3");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(targets())
        .containsExactly(
            "/entries?limit=2",
            "/entries?limit=1000&after=6",
            "/entries?limit=1000&after=8",
            "/entries?limit=1000&after=8");
    assertThat(stub.request().prefer()).isEqualTo("wait=20");
    assertThat(sequences(result)).containsExactly("7", "8", "9");
    assertThat(result.out())
        .startsWith("     7  2026-11-21T10:00:00Z  used 2 credits (g_1 2), available 5\n");
  }

  @Test
  void jsonLinesAreTheJournalsOwnToTheByte() {
    stub.answers(200, balance(2)).answers(200, page(1, 2)).answers(200, page(1, 2));

    Cli.Result result = cli.run("watch", "cus_1", "--since", "0", "--count", "2", "--json");

    assertThat(result.out()).isEqualTo(entry(1) + "\n" + entry(2) + "\n");
  }

  @Test
  void aServiceThatGoesAwayIsWaitedForAndNoEntryComesTwice() {
    stub.answers(200, balance(4))
        .answers(200, page(5))
        .answers(503, "{\"code\":\"UNAVAILABLE\"}")
        .answers(502, "<html>Bad gateway</html>")
        .answers(200, page(6));

    Cli.Result result = cli.run("watch", "cus_1", "--since", "4", "--count", "2");

    assertThat(result.status()).isZero();
    assertThat(sequences(result)).containsExactly("5", "6");
    assertThat(targets().subList(2, 5)).containsOnly("/entries?limit=1000&after=5");
    assertThat(result.err())
        .isEqualTo(
            """
            The ledger does not answer; trying on after entry 5 until it does.
            The ledger answers again.
            """);
  }

  @Test
  void aGapIsAFailureAndNeverPassedOver() {
    stub.answers(200, balance(4)).answers(200, page(5)).answers(200, page(9, 10));

    Cli.Result result = cli.run("watch", "cus_1", "--since", "4");

    assertThat(result.status()).isEqualTo(1);
    assertThat(sequences(result)).containsExactly("5");
    assertThat(result.err())
        .isEqualTo(
            """
            error: entries 6 to 8 of cus_1 are no longer at hand
            remedy: go on with --since 8; the journal's topic has them all
            """);
  }

  @Test
  void whatIsNoLongerAtHandFromTheStartIsAFailureToo() {
    stub.answers(200, balance(7)).answers(200, page());

    Cli.Result result = cli.run("watch", "cus_1", "--since", "4");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: entries 5 to 7 of cus_1 are no longer at hand");
  }

  @Test
  void theLatestAreOnlyThoseWithoutAGapBetweenThem() {
    stub.answers(200, page(9, 8, 3, 2)).answers(200, page(8, 9));

    Cli.Result result = cli.run("watch", "cus_1", "--count", "2");

    assertThat(targets()).containsExactly("/entries?limit=10", "/entries?limit=1000&after=7");
    assertThat(sequences(result)).containsExactly("8", "9");
  }

  @Test
  void withoutLatestEntriesItBeginsWithWhatComes() {
    stub.answers(200, balance(41)).answers(200, page(42));

    Cli.Result result = cli.run("watch", "cus_1", "--last", "0", "--count", "1");

    assertThat(targets())
        .containsExactly("/balance?consistency=committed", "/entries?limit=1000&after=41");
    assertThat(sequences(result)).containsExactly("42");
  }

  @Test
  void anEntryThatIsNotThereYetCannotBeGoneOnFrom() {
    stub.answers(200, balance(4));

    Cli.Result result = cli.run("watch", "cus_1", "--since", "99");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("error: the last entry of cus_1 is 4, before 99\n");
  }

  @Test
  void aRefusalEndsIt() {
    stub.answers(200, balance(4))
        .answers(401, "{\"code\":\"UNAUTHORIZED\",\"detail\":\"no key\",\"remedy\":\"send one\"}");

    Cli.Result result = cli.run("watch", "cus_1", "--since", "4");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("error UNAUTHORIZED: no key\nremedy: send one\n");
  }
}
