package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of a ledger's past and of its copy in PostgreSQL. */
class StatementCommandsTest {

  private static final String REBUILDING =
      """
      {"schema":"statement","state":"running","behind":3,"detail":"","rebuild":{"state":"running",\
      "began_at":"2026-11-21T10:00:00Z","ended_at":null,"entries":0,"behind":700,"detail":""}}""";

  private static final String REBUILT =
      """
      {"schema":"statement","state":"running","behind":0,"detail":"","rebuild":{"state":"done",\
      "began_at":"2026-11-21T10:00:00Z","ended_at":"2026-11-21T10:00:07Z","entries":812,"behind":0,\
      "detail":""}}""";

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void consumptionIsShownByWhatIsAskedFor() {
    stub.answers(
        200,
        """
        {"customer":"cus_1","group_by":["day","subscription"],"time_zone":"Europe/Berlin","sums":[\
        {"day":"2026-11-01","subscription":"sub_1","unit":"credits","events":2,"quantity":"1500",\
        "credits":"3.5","reversed":"1.5","net":"2","overage":"0"},\
        {"day":"2026-11-02","subscription":null,"unit":"credits","events":1,"quantity":null,\
        "credits":"7","reversed":"0","net":"7","overage":"0.25"}],"complete":false,\
        "statement_through":9}""");

    Cli.Result result =
        cli.run(
            "consumption",
            "cus_1",
            "--by",
            "day,subscription",
            "--unit",
            "credits",
            "--meter",
            "llm.tokens",
            "--subscription",
            "sub 1",
            "--from",
            "2026-11-01",
            "--to",
            "2026-12-01T00:00:00Z",
            "--time-zone",
            "Europe/Berlin",
            "--limit",
            "2");

    assertThat(result.status()).isZero();
    assertThat(stub.request().target())
        .isEqualTo(
            "/v1/customers/cus_1/usage?group_by=day%2Csubscription&unit=credits&meter=llm.tokens"
                + "&subscription=sub%201&from=2026-11-01T00%3A00%3A00Z"
                + "&to=2026-12-01T00%3A00%3A00Z&time_zone=Europe%2FBerlin&limit=2");
    assertThat(result.squeezed())
        .isEqualTo(
            """
            DAY SUBSCRIPTION UNIT EVENTS QUANTITY CREDITS REVERSED NET OVERAGE
            2026-11-01 sub_1 credits 2 1500 3.5 1.5 2 0
            2026-11-02 - credits 1 7 0 7 0.25
            There may be more: ask for a shorter period, or with another --limit.
            """);
  }

  @Test
  void consumptionIsByMeterUnlessAskedOtherwiseAndByAPropertyThatIsNamed() {
    String none = "{\"group_by\":[],\"sums\":[],\"complete\":true}";
    stub.answers(200, none).answers(200, none);

    Cli.Result byMeter = cli.run("consumption", "cus_1");
    Cli.Result byModel = cli.run("consumption", "cus_1", "--by", "property", "--property", "model");

    assertThat(byMeter.out()).isEqualTo("There is no such usage.\n");
    assertThat(byModel.status()).isZero();
    assertThat(stub.requests())
        .extracting(StubLedger.Received::target)
        .containsExactly(
            "/v1/customers/cus_1/usage?group_by=meter",
            "/v1/customers/cus_1/usage?group_by=property&property=model");
  }

  @Test
  void entriesAreSearchedForByEveryFilter() {
    stub.answers(200, "{\"customer\":\"cus_1\",\"entries\":[],\"next\":null,\"complete\":true}");

    Cli.Result result =
        cli.run(
            "entries",
            "cus_1",
            "--type",
            "usage",
            "--grant",
            "g 1",
            "--meter",
            "llm.tokens",
            "--subscription",
            "sub_1",
            "--usage",
            "u/1",
            "--from",
            "2026-11-01",
            "--to",
            "2026-11-02",
            "--recorded-from",
            "2026-11-03",
            "--recorded-to",
            "2026-11-04T12:00:00Z");

    assertThat(stub.request().target())
        .isEqualTo(
            "/v1/customers/cus_1/entries?limit=20&type=usage&grant=g%201&meter=llm.tokens"
                + "&subscription=sub_1&usage=u%2F1&from=2026-11-01T00%3A00%3A00Z"
                + "&to=2026-11-02T00%3A00%3A00Z&recorded_from=2026-11-03T00%3A00%3A00Z"
                + "&recorded_to=2026-11-04T12%3A00%3A00Z");
    assertThat(result.out()).isEqualTo("There are no entries.\n");
  }

  @Test
  void aBalanceIsAskedForAsOfATimeAndAsItWasKnown() {
    stub.answers(
        200,
        """
        {"customer":"cus_1","sequence":7,"at":"2026-11-02T00:00:00Z","units":[{"unit":"credits",\
        "settled":"70","held":"0","available":"70","overage":"0","overdraft":"0","grants":[]}]}""");

    Cli.Result result =
        cli.run(
            "balance", "cus_1", "--as-of", "2026-11-02", "--known-at", "2026-11-03T08:00:00+01:00");

    assertThat(stub.request().target())
        .isEqualTo(
            "/v1/customers/cus_1/balance?as_of=2026-11-02T00%3A00%3A00Z"
                + "&known_at=2026-11-03T07%3A00%3A00Z");
    assertThat(result.squeezed())
        .contains("cus_1 at 2026-11-02T00:00:00Z, after entry 7")
        .contains("\ncredits 70 0 70 0 0\n");
    assertThat(cli.run("balance", "cus_1", "--as-of", "soon").status()).isEqualTo(2);
  }

  @Test
  void aProjectionSaysHowFarItIsAndWhenItWasMadeAnew() {
    stub.answers(200, REBUILT)
        .answers(200, REBUILT.replace("\"done\"", "\"lost\""))
        .answers(
            200,
            "{\"schema\":\"statement\",\"state\":\"failing\",\"behind\":41,"
                + "\"detail\":\"the database is away\",\"rebuild\":null}");

    assertThat(cli.run("projection", "status").out())
        .isEqualTo(
            """
            The projection is running
              schema   statement
              behind   0 entries
              rebuild  done, begun 2026-11-21T10:00:00Z, ended 2026-11-21T10:00:07Z, 812 entries
            """);
    assertThat(cli.run("projection", "status").out()).contains("has stopped; ask again");
    assertThat(cli.run("projection", "status").out())
        .isEqualTo(
            """
            The projection is failing
              schema  statement
              behind  41 entries
              detail  the database is away
            """);
  }

  @Test
  void aRebuildIsWaitedForUnlessItIsOnlyToBegin() {
    stub.answers(202, REBUILDING).answers(200, REBUILT).answers(202, REBUILDING);

    Cli.Result waited = cli.run("projection", "rebuild");
    Cli.Result begun = cli.run("projection", "rebuild", "--no-wait");

    assertThat(waited.status()).isZero();
    assertThat(waited.out()).contains("rebuild  done").contains("812 entries");
    assertThat(begun.status()).isZero();
    assertThat(begun.out()).contains("running, begun 2026-11-21T10:00:00Z, 700 behind");
    assertThat(stub.requests())
        .extracting(request -> request.method() + " " + request.target())
        .containsExactly(
            "POST /v1/projection/rebuild", "GET /v1/projection", "POST /v1/projection/rebuild");
  }

  @Test
  void aRebuildThatFailsOrIsUnderWayEndsTheCommandWithWhy() {
    stub.answers(
            202, REBUILT.replace("\"done\"", "\"failed\"").replace("\"\"}}", "\"disk full\"}}"))
        .answers(
            409,
            "{\"status\":409,\"code\":\"REBUILD_RUNNING\",\"detail\":\"it is being rebuilt\","
                + "\"remedy\":\"wait for it\"}");

    Cli.Result failed = cli.run("projection", "rebuild");
    Cli.Result second = cli.run("projection", "rebuild");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).contains("failed, begun 2026-11-21T10:00:00Z: disk full");
    assertThat(failed.err()).contains("error: the projection was not made anew");
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.err()).contains("error REBUILD_RUNNING: it is being rebuilt");
  }
}
