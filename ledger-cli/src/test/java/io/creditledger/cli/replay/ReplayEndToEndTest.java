package io.creditledger.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditledger.cli.LedgerCli;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.core.account.DueEvents;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.replay.Standing;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.replay.CustomerDifference;
import io.creditledger.streams.replay.JournalComparison;
import io.creditledger.streams.replay.OtherRules;
import io.creditledger.streams.replay.Replay;
import io.creditledger.streams.replay.ReplayException;
import io.creditledger.streams.replay.ReplayReport;
import io.creditledger.streams.replay.ReplaySettings;
import io.creditledger.streams.replay.StateComparison;
import io.creditledger.streams.replay.WhatIfReplay;
import io.creditledger.streams.replay.WhatIfReport;
import io.creditledger.streams.topology.ShadowTopology;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Does the same history lead to the same ledger, byte for byte? More of it: {@code
 * -Dledger.replay.events=100000}; another one: {@code -Dledger.seed=7}.
 */
class ReplayEndToEndTest {

  private static final int EVENTS = Integer.getInteger("ledger.replay.events", 1_500);
  private static final long SEED = Long.getLong("ledger.seed", 1);

  private static final Catalog CATALOG =
      CatalogYaml.parse(
          "test",
          """
          meters:
            tokens:
              rates:
                - {credits: 1, per: 1000}
                - {credits: 3, per: 1000, match: {model: large}}
          """);

  private static final Catalog DOUBLED =
      CatalogYaml.parse(
          "test",
          """
          meters:
            tokens:
              rates:
                - {credits: 2, per: 1000}
                - {credits: 6, per: 1000, match: {model: large}}
          """);

  @TempDir private static Path directory;
  private static DevStack stack;
  private static KafkaConnection kafka;
  private static TestBrokers brokers;

  /** About half of the inputs were recorded by then. */
  private static Instant middle;

  /** By then every grant and reservation of a moment has ended, and its timer has fired. */
  private static Instant lastEnd;

  @BeforeAll
  static void a_ledger_with_a_history() throws Exception {
    stack = DevStack.start(StackSettings.trial(directory.resolve("data")));
    stack.awaitReady(Duration.ofMinutes(2));
    kafka = new KafkaConnection(stack.bootstrapServers(), Map.of());
    stack.ledger().publish(CATALOG).toCompletableFuture().join();
    brokers = new TestBrokers(kafka);
    RandomTraffic traffic = new RandomTraffic(SEED, InstantSource.system(), Topics.prefixed(""));
    traffic.send(kafka, EVENTS / 2);
    middle = Instant.now();
    traffic.send(kafka, EVENTS - EVENTS / 2);
    lastEnd = Instant.now().plusSeconds(4);
    await().atMost(Duration.ofMinutes(2)).until(ReplayEndToEndTest::nothingIsDueAnyMore);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  /** All inputs are decided, and no grant or reservation is about to end. */
  private static boolean nothingIsDueAnyMore() throws Exception {
    return Instant.now().isAfter(lastEnd)
        && RandomTraffic.customers().stream()
            .map(customer -> stack.ledger().account(customer, Consistency.LATEST))
            .allMatch(account -> DueEvents.until(account, CATALOG, Instant.now()).isEmpty())
        && brokers.decided("credit-ledger");
  }

  private static ReplaySettings into(String prefix, Instant until) {
    return new ReplaySettings(
        kafka,
        Topics.prefixed(""),
        "credit-ledger",
        prefix,
        until,
        directory.resolve("state-" + prefix),
        2);
  }

  @Test
  void a_replay_gives_the_journal_and_the_state_again_and_touches_nothing_live() throws Exception {
    // given
    Map<String, Long> before = brokers.ends(Topics.ALL);
    // when
    ReplayReport report = new Replay(into("again-", Instant.MAX)).run();
    // then
    assertThat(report.differences()).as("seed %d", SEED).isEmpty();
    assertThat(report.entries()).isGreaterThan(EVENTS / 3);
    assertThat(report.refusals()).isGreaterThan(EVENTS / 20);
    assertThat(digests(report.journals().stream().map(JournalComparison::live).toList()))
        .isEqualTo(digests(report.journals().stream().map(JournalComparison::replayed).toList()));
    assertThat(report.states().stream().mapToLong(StateComparison::customers).sum())
        .isGreaterThanOrEqualTo(12);
    assertThat(report.states().stream().mapToLong(StateComparison::movedOn).sum()).isZero();
    assertThat(brokers.ends(Topics.ALL)).isEqualTo(before);
    assertThat(brokers.topics("again-"))
        .as("all that a replay has, and so all that it can write")
        .allMatch(
            topic ->
                topic.matches("again-ledger\\.(replay-feed|entries|rejections|catalog)")
                    || topic.matches("again-.*-changelog"))
        .hasSize(ShadowTopology.TOPICS.size() + ShadowTopology.STORES.size());
  }

  private static List<String> digests(List<Hash> hashes) {
    List<String> texts = new ArrayList<>();
    hashes.forEach(hash -> texts.add(hash.toString()));
    return texts;
  }

  @Test
  void a_replay_until_a_time_is_the_beginning_of_the_journal() throws Exception {
    // given
    Instant until = Instant.EPOCH;
    // when
    ReplayReport report = new Replay(into("until-", until)).run();
    // then
    assertThat(report.entries()).isZero();
    assertThat(report.differences()).isEmpty();
    assertThat(report.notes()).containsExactly("nothing was recorded until then");
  }

  @Test
  void a_replay_until_the_middle_gives_the_journal_up_to_there() throws Exception {
    // when
    ReplayReport report = new Replay(into("middle-", middle)).run();
    // then
    assertThat(report.differences()).as("seed %d", SEED).isEmpty();
    assertThat(report.entries() + report.refusals()).isBetween(EVENTS / 3L, EVENTS * 2L / 3);
  }

  private static WhatIfReport whatIf(OtherRules rules) throws InterruptedException {
    return new WhatIfReplay(
            new WhatIfReplay.Source(
                kafka, Topics.prefixed(""), "credit-ledger", Set.of(), Instant.MAX, 2),
            rules)
        .run(Instant.now());
  }

  @Test
  void the_same_rules_would_have_changed_nothing() throws Exception {
    // when
    WhatIfReport report = whatIf(new OtherRules(Optional.of(CATALOG), Optional.empty()));
    // then
    assertThat(report.differences()).as("seed %d", SEED).isEmpty();
    assertThat(report.customers()).isGreaterThanOrEqualTo(12);
    assertThat(report.then()).isEqualTo(report.was());
  }

  @Test
  void twice_the_price_would_have_cost_more_and_nothing_live_changes() throws Exception {
    // given
    Map<String, Long> before = brokers.ends(Topics.ALL);
    // when
    WhatIfReport report = whatIf(new OtherRules(Optional.of(DOUBLED), Optional.empty()));
    // then
    assertThat(report.differences()).isNotEmpty();
    Standing was = report.was().get(Unit.CREDITS);
    Standing then = report.then().get(Unit.CREDITS);
    assertThat(then.consumed().plus(then.overage()))
        .isGreaterThan(was.consumed().plus(was.overage()));
    assertThat(brokers.ends(Topics.ALL)).isEqualTo(before);
  }

  private static String cli(int status, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = LedgerCli.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    assertThat(commandLine.execute(arguments)).as("%s %s", out, err).isEqualTo(status);
    return out.toString().replaceAll(" +", " ") + err;
  }

  @Test
  void the_command_prints_what_each_customer_would_have_paid() throws Exception {
    // given
    String catalog = CatalogYaml.toJson(DOUBLED);
    Path file = Files.writeString(directory.resolve("doubled.yaml"), catalog);
    // when
    String told =
        cli(0, "replay", "--kafka", stack.bootstrapServers(), "--catalog", file.toString());
    // then
    assertThat(told)
        .contains("CUSTOMER UNIT CONSUMED OVERAGE")
        .containsPattern("cus_\\d+ credits [0-9.]+ → [0-9.]+")
        .contains("all customers credits ")
        .containsPattern("of 1[34] customers would stand otherwise. Nothing was changed.");
  }

  @Test
  void the_command_replays_into_a_prefix_and_removes_it_on_request() throws Exception {
    // when
    String told =
        cli(
            0,
            "replay",
            "--kafka",
            stack.bootstrapServers(),
            "--into",
            "cli-",
            "--remove",
            "--json");
    // then
    assertThat(told).contains("\"verdict\" : \"equal\"");
    try (Admin admin = kafka.admin()) {
      assertThat(admin.listTopics().names().get()).noneMatch(name -> name.startsWith("cli-"));
    }
    assertThat(cli(1, "replay", "--kafka", stack.bootstrapServers(), "--discard", "cli-"))
        .contains("no replay was made under \"cli-\"");
    assertThat(cli(2, "replay", "--into", "a", "--catalog", "b")).contains("Say one of");
  }

  @Test
  void rejected_inputs_are_listed_corrected_and_sent_again_with_the_same_ids() throws Exception {
    // given
    String brokers = stack.bootstrapServers();
    try (Producer<byte[], byte[]> producer = kafka.writer()) {
      producer
          .send(
              RandomTraffic.record(
                  Topics.prefixed(""),
                  Source.USAGE,
                  "cus_again",
                  "{\"id\":\"again_1\",\"customer\":\"cus_again\",\"meter\":\"tokns\","
                      + "\"quantity\":\"1000\"}"))
          .get();
    }
    String[] which = {"--kafka", brokers, "--customer", "cus_again"};
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(cli(0, with(which, "rejections", "list")))
                    .contains("cus_again again_1 METER_UNKNOWN ledger.usage-events-"));
    // when
    String dry = cli(0, with(which, "rejections", "retry", "--set", "meter=tokens", "--dry-run"));
    String again = cli(1, with(which, "rejections", "retry"));
    String corrected =
        cli(0, with(which, "rejections", "retry", "--set", "meter=tokens", "--wait", "30"));
    String twice =
        cli(0, with(which, "rejections", "retry", "--set", "meter=tokens", "--wait", "30"));
    // then
    assertThat(dry).contains("\"meter\":\"tokens\"").contains("1 inputs would be sent; none was.");
    assertThat(again).contains("rejected again, METER_UNKNOWN");
    assertThat(corrected).contains("cus_again again_1 ledger.usage-events-").contains("as entry 1");
    assertThat(twice).contains("had been accepted as entry 1");
    Path file =
        Files.writeString(directory.resolve("edited.ndjson"), dry.lines().findFirst().get());
    assertThat(cli(0, "rejections", "retry", "--kafka", brokers, "--file", file.toString()))
        .contains("had been accepted as entry 1");
    assertThat(cli(2, "rejections", "retry", "--kafka", brokers)).contains("Say which");
  }

  private static String[] with(String[] last, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
  }

  @Test
  void a_policy_that_rejects_would_have_billed_nothing_beyond_grants() throws Exception {
    // when
    WhatIfReport report =
        whatIf(new OtherRules(Optional.empty(), Optional.of(OverdraftPolicy.of(Overdraft.REJECT))));
    // then
    assertThat(report.was().get(Unit.CREDITS).overage()).isGreaterThan(Credits.ZERO);
    assertThat(report.then().get(Unit.CREDITS).overage()).isEqualTo(Credits.ZERO);
    assertThat(report.differences().stream().mapToLong(CustomerDifference::refusedThen).sum())
        .isGreaterThan(report.differences().stream().mapToLong(CustomerDifference::refused).sum());
  }

  @Test
  void the_command_decides_by_another_policy_up_to_a_time() throws Exception {
    // given
    String[] reject = {"--kafka", stack.bootstrapServers(), "--policy", "reject", "--json"};
    // when
    JsonNode half = json(with(reject, "replay", "--until", middle.toString()));
    JsonNode all = json(with(reject, "replay"));
    // then
    assertThat(half.path("inputs").asLong())
        .isBetween(EVENTS / 4L, all.path("inputs").asLong() - EVENTS / 4);
    assertThat(half.path("at").asText()).isEqualTo(middle.toString());
    assertThat(half.at("/sums/0/would_be/overage").asText()).isEqualTo("0");
    assertThat(half.at("/sums/0/was/overage").asText()).isNotEqualTo("0");
  }

  private static JsonNode json(String... arguments) throws IOException {
    String told = cli(0, arguments);
    return new ObjectMapper()
        .readTree(told.substring(told.indexOf('{'), told.lastIndexOf('}') + 1));
  }

  @Test
  void a_prefix_is_used_once_and_can_be_discarded() throws Exception {
    // given
    Replay replay = new Replay(into("once-", Instant.EPOCH));
    replay.run();
    // when, then
    assertThatThrownBy(replay::run)
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("--discard once-");
    assertThat(replay.discard()).contains("once-ledger.entries", "once-ledger.replay-feed");
    assertThatThrownBy(replay::discard).hasMessageContaining("no replay was made");
  }

  @Test
  void the_ledgers_own_prefix_is_refused() {
    assertThatThrownBy(() -> into("", Instant.MAX))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("cannot be a replay's prefix");
  }
}
