package io.creditledger.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditledger.cli.LedgerCli;
import io.creditledger.cli.client.StubLedger;
import io.creditledger.cli.replay.RandomTraffic;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.audit.CheckpointTopic;
import io.creditledger.streams.query.Consistency;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A whole ledger proved, signed, and tampered with. Each test leaves its mark on the ledger, so
 * they run in order. More of it: {@code -Dledger.audit.events=100000}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditEndToEndTest {

  private static final int EVENTS = Integer.getInteger("ledger.audit.events", 1_500);

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

  private static final int PARTITIONS = 4;

  @TempDir private static Path directory;
  private static DevStack stack;
  private static KafkaConnection kafka;

  @BeforeAll
  static void a_ledger_that_decides() throws Exception {
    start();
    stack.ledger().publish(CATALOG).toCompletableFuture().join();
    traffic(1);
    CustomerId customer = new CustomerId("cus_1");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> stack.ledger().account(customer, Consistency.COMMITTED).sequence() >= 5);
  }

  private static void start() throws InterruptedException {
    stack = DevStack.start(StackSettings.trial(directory.resolve("data")));
    stack.awaitReady(Duration.ofMinutes(2));
    kafka = new KafkaConnection(stack.bootstrapServers(), Map.of());
  }

  private static void traffic(long seed) {
    new RandomTraffic(seed, InstantSource.system(), Topics.prefixed("")).send(kafka, EVENTS);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  @Order(1)
  void a_ledger_holds_while_it_decides() throws Exception {
    // given: a key, and a producer that goes on all the time.
    run("checkpoint", "key", directory.resolve("operator.pem").toString()).exits(0);
    run("checkpoint", "key", directory.resolve("other.pem").toString()).exits(0);
    Thread busy = Thread.ofVirtual().start(() -> traffic(2));

    // when
    Ran audit =
        audit("--json", directory.resolve("report.json").toString(), "--sign", key("operator.pem"));

    // then
    busy.join();
    audit.exits(0);
    assertThat(audit.out())
        .contains("VERDICT: everything holds.")
        .containsPattern("[1-9]\\d* equal their replay")
        .containsPattern("partition 0 +digest [\\w-]{43}, ")
        .contains("Signed 4 checkpoints");
    assertThat(Files.readString(directory.resolve("report.json"))).contains("\"holds\"");
  }

  @Test
  @Order(2)
  void an_audit_goes_on_from_a_checkpoint_and_says_so() {
    // when
    Ran audit = audit("--since", "latest", "--public-key", key("operator.pem.pub"));

    // then
    audit.exits(0);
    assertThat(audit.out()).contains("begins from the checkpoint of").contains("everything holds");
  }

  @Test
  @Order(3)
  void a_checkpoint_signed_with_another_key_is_found() {
    // when
    Ran audit = audit("--since", "latest", "--public-key", key("other.pem.pub"));

    // then
    audit.exits(1);
    assertThat(audit.err())
        .contains("error: the checkpoint of partition 0")
        .contains("is signed with another key");
  }

  @Test
  @Order(4)
  void a_statement_proves_itself_and_an_altered_one_does_not() throws Exception {
    // given
    Path file = directory.resolve("cus_1.statement");
    run(
            "statement",
            "export",
            "cus_1",
            "--kafka",
            stack.bootstrapServers(),
            "--out",
            file.toString())
        .exits(0);

    // when
    Ran whole =
        run("statement", "verify", file.toString(), "--public-key", key("operator.pem.pub"));
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.remove(3);
    Files.write(file, lines);
    Ran altered =
        run("statement", "verify", file.toString(), "--public-key", key("operator.pem.pub"));

    // then
    whole.exits(0);
    assertThat(whole.out()).contains("Proved: all ").contains("entries of cus_1");
    altered.exits(1);
    assertThat(altered.err()).contains("not proved: line 4 is entry 4 where entry 3 belongs");
  }

  @Test
  @Order(5)
  void an_audit_begins_from_a_checkpoint_where_retention_has_removed_inputs() throws Exception {
    // given
    CheckpointTopic checkpoints = new CheckpointTopic(kafka, Topics.prefixed(""));
    Map<TopicPartition, RecordsToDelete> lost = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      lost.put(
          new TopicPartition(Topics.USAGE_EVENTS.name(), partition),
          RecordsToDelete.beforeOffset(
              checkpoints.of(partition).getLast().checkpoint().offset(Topics.USAGE_EVENTS)));
    }
    try (Admin admin = kafka.admin()) {
      admin.deleteRecords(lost).all().get();
    }

    // when
    Ran trusting = audit("--public-key", key("operator.pem.pub"));
    Ran knowingNoKey = audit();

    // then
    trusting.exits(0);
    assertThat(trusting.out()).contains("partition 0 begins from the checkpoint of");
    knowingNoKey.exits(1);
    assertThat(knowingNoKey.err()).contains("old inputs were lost").contains("--public-key");
  }

  @Test
  @Order(6)
  void a_store_edited_behind_the_services_back_is_named() throws Exception {
    // given: a customer for whom nothing falls due, so that nothing is decided by what was edited.
    CustomerId customer = new CustomerId("a_customer_whose_store_is_edited");
    publish(
        Topics.GRANT_EVENTS.name(),
        customer.value(),
        "{\"type\":\"grant\",\"id\":\"g\",\"customer\":\"%s\",\"amount\":\"100\"}");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> stack.ledger().account(customer, Consistency.COMMITTED).sequence() == 1);
    stack.close();
    EditedStore.enrich(directory.resolve("data/streams"), customer);
    start();

    // when
    Ran audit = audit("--public-key", key("operator.pem.pub"));

    // then
    audit.exits(1);
    assertThat(audit.out())
        .containsPattern(
            "store accounts-\\d, customer "
                + customer
                + ": after entry \\d+, grants\\[\\d+\\]\\.adjusted is");
  }

  @Test
  @Order(7)
  void sums_that_stripe_has_otherwise_are_a_finding_of_the_audit() {
    // given
    try (StubLedger sync = new StubLedger()) {
      sync.answers(200, StripeComparisonTest.REPORT);

      // when
      Ran audit =
          audit(
              "--no-stores",
              "--public-key",
              key("operator.pem.pub"),
              "--stripe",
              sync.address().toString());

      // then
      audit.exits(1);
      assertThat(audit.out())
          .contains("VERDICT: not everything is as it must be, findings: 1")
          .contains("stripe outbox-0, customer cus_2: window credits");
    }
  }

  @Test
  @Order(8)
  void an_audit_that_goes_on_proves_what_came_since_until_something_does_not_hold()
      throws Exception {
    // given: it proves and signs, again and again.
    StringWriter out = new StringWriter();
    CompletableFuture<Ran> audit =
        CompletableFuture.supplyAsync(
            () ->
                run(
                    out,
                    "audit",
                    "--kafka",
                    stack.bootstrapServers(),
                    "--no-stores",
                    "--no-comparison",
                    "--public-key",
                    key("operator.pem.pub"),
                    "--sign",
                    key("operator.pem"),
                    "--every",
                    "PT0.2S"));
    await().atMost(Duration.ofMinutes(1)).until(() -> signatures(out) >= 1);
    use("a_customer_whose_store_nobody_edited");
    int before = signatures(out);
    await().atMost(Duration.ofMinutes(1)).until(() -> signatures(out) > before + 1);

    // when
    ForgedEntry forged = ForgedEntry.in(kafka, 1);

    // then
    Ran ended = audit.get(1, TimeUnit.MINUTES);
    ended.exits(1);
    assertThat(ended.out())
        .contains(
            "Proving what came since",
            "VERDICT: not everything is as it must be, findings: 1",
            forged.place());
    assertThat(
            Pattern.compile("exactly one outcome +([\\d,]+)")
                .matcher(ended.out())
                .results()
                .map(inputs -> inputs.group(1))
                .distinct())
        .hasSizeGreaterThan(1);
  }

  private static void use(String customer) throws Exception {
    String json = "{\"id\":\"u\",\"customer\":\"%s\",\"credits\":\"1\"}";
    publish(Topics.USAGE_EVENTS.name(), customer, json);
  }

  private static void publish(String topic, String customer, String json) throws Exception {
    try (Producer<byte[], byte[]> producer = kafka.writer()) {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  customer.getBytes(StandardCharsets.UTF_8),
                  json.formatted(customer).getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static int signatures(StringWriter out) {
    return out.toString().split("Signed 4 checkpoints", -1).length - 1;
  }

  @Test
  @Order(9)
  void an_entry_forged_into_the_journal_is_named_with_its_place() {
    // given: a customer's last usage is charged once more.
    ForgedEntry forged = ForgedEntry.in(kafka, 0);

    // when
    Ran audit = audit("--no-stores", "--public-key", key("operator.pem.pub"));

    // then
    audit.exits(1);
    assertThat(audit.out())
        .contains(
            forged.place()
                + ", customer "
                + forged.customer()
                + ": it names the input ledger.usage-events-");
  }

  @Test
  @Order(10)
  void brokers_that_do_not_answer_are_told_from_a_ledger_that_does_not_hold() {
    // when
    Ran audit =
        run(
            "audit",
            "--no-stores",
            "--kafka",
            "127.0.0.1:1",
            "--kafka-property",
            "default.api.timeout.ms=1000",
            "--kafka-property",
            "request.timeout.ms=900");

    // then
    audit.exits(3);
    assertThat(audit.err()).contains("error: Kafka cannot be read");
  }

  private static String key(String name) {
    return directory.resolve(name).toString();
  }

  /** A command line that was run, and what it printed. */
  private record Ran(int status, String out, String err) {

    void exits(int wanted) {
      assertThat(status).as("%s%n%s", out, err).isEqualTo(wanted);
    }
  }

  private static Ran audit(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "audit",
                "--kafka",
                stack.bootstrapServers(),
                "--url",
                stack.address().toString(),
                "--no-comparison"));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(String[]::new));
  }

  private static Ran run(String... arguments) {
    return run(new StringWriter(), arguments);
  }

  private static Ran run(StringWriter out, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        LedgerCli.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Ran(commandLine.execute(arguments), out.toString(), err.toString());
  }
}
