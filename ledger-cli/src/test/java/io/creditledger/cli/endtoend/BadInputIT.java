package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No input is dropped and none stops the ledger, whatever its bytes: each is refused by Kafka with
 * its position and its bytes, and by REST with a problem document, and the next good one is taken.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class BadInputIT {

  private static final Topics TOPICS = Topics.prefixed("");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int PARTITIONS = 4;

  private static final String CATALOG =
      """
      default_unit: credits
      units:
        credits: {name: Credits}
      meters:
        tokens:
          rates:
            - {credits: "1000", per: 1}
      """;

  private final Map<Position, ConsumerRecord<byte[], byte[]>> outcomes = new HashMap<>();
  private DevStack stack;
  private Rest rest;
  private KafkaProducer<byte[], byte[]> producer;
  private CommittedReader reader;
  private int goodOnes;

  /** A record that is good but for how it is addressed. */
  record Misaddressed(String name, Optional<Bytes> key, Optional<Integer> partition, Reason code) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    stack = DevStack.start(StackSettings.trial(directory));
    stack.awaitReady(LIMIT);
    rest = new Rest(stack.address());
    assertThat(
            rest.put("/v1/catalog", "application/yaml", CATALOG.getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(200);
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.bootstrapServers(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                4 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    reader =
        new CommittedReader(
            stack.bootstrapServers(), TOPICS.name(Topics.ENTRIES), TOPICS.name(Topics.REJECTIONS));
    makeReservations();
  }

  @AfterAll
  void stop() {
    reader.close();
    producer.close();
    rest.close();
    stack.close();
  }

  static List<BadInput> badInputs() {
    return BadInput.table();
  }

  @ParameterizedTest
  @MethodSource("badInputs")
  void kafka_refuses(BadInput bad) throws Exception {
    // given
    byte[] key = bytes(BadInput.CUSTOMER);

    // when
    Position position =
        send(new ProducerRecord<>(TOPICS.name(bad.source()), key, bad.value().get()));

    // then
    assertRefused(position, bad.code(), key, bad.value().get());
    assertTheNextGoodOneIsTaken(position.partition());
  }

  @ParameterizedTest
  @MethodSource("badInputs")
  void rest_refuses(BadInput bad) throws Exception {
    // when
    Rest.Answer answer = rest.post(bad.path(), bad.value().get());

    // then
    assertProblem(answer, bad.restStatus(), bad.restCode(), bad.field().orElse(""));
  }

  private static void assertProblem(Rest.Answer answer, int status, String code, String field) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.mediaType()).isEqualTo("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.path("code").asText()).as(answer.toString()).isEqualTo(code);
    assertThat(problem.path("field").asText()).isEqualTo(field);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asText()).isEqualTo("/docs#" + code);
    for (String text : List.of("title", "detail", "remedy", "instance")) {
      assertThat(problem.path(text).asText()).as(text).isNotEmpty();
    }
  }

  static List<BadRequest> badRequests() {
    return BadRequest.table();
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void rest_refuses_for_a_task(BadRequest bad) throws Exception {
    // when
    Rest.Answer answer = rest.post(bad.path(), bad.bytes());

    // then
    assertProblem(answer, bad.status(), bad.code(), bad.field());
    Rest.Answer open = rest.get("/v1/reservations/open?customer=" + BadRequest.CUSTOMER);
    assertThat(open.json().path("state").asText()).isEqualTo("open");
    assertThat(open.json().path("credits").asText()).isEqualTo("60");
  }

  /** What {@link BadRequest} finds. */
  private void makeReservations() throws Exception {
    String customer = "/v1/customers/" + BadRequest.CUSTOMER;
    rest.put(customer, "application/json", bytes("{\"id\":\"c\",\"overdraft_policy\":\"reject\"}"));
    rest.postAndWait("/v1/grants", bytes(BadRequest.json(",\"id\":\"g\",\"amount\":\"100\"")));
    for (String more :
        List.of(
            ",\"id\":\"gone\",\"credits\":\"1\",\"ttl\":\"PT0.1S\"",
            ",\"id\":\"open\",\"credits\":\"60\",\"ttl\":\"PT24H\"")) {
      Rest.Answer made = rest.post("/v1/reservations", bytes(BadRequest.json(more)));
      assertThat(made.status()).as(made.toString()).isEqualTo(201);
    }
    await()
        .atMost(LIMIT)
        .until(
            () ->
                rest.get("/v1/reservations/gone?customer=" + BadRequest.CUSTOMER)
                    .json()
                    .path("state")
                    .asText()
                    .equals("expired"));
  }

  static Stream<Misaddressed> misaddressed() {
    byte[] customer = bytes(BadInput.CUSTOMER);
    int home = partition(customer);
    int away = (home + 1) % PARTITIONS;
    Optional<Integer> anywhere = Optional.empty();
    return Stream.of(
        misaddressed("another key", bytes("cus_other"), anywhere, Reason.KEY_MISMATCH),
        misaddressed("another key at home", bytes("x"), Optional.of(home), Reason.KEY_MISMATCH),
        misaddressed("a key in other letters", bytes("CUS_BAD"), anywhere, Reason.KEY_MISMATCH),
        misaddressed("300 characters", bytes("c".repeat(300)), anywhere, Reason.KEY_MISMATCH),
        misaddressed(
            "100,000 characters", bytes("c".repeat(100_000)), anywhere, Reason.KEY_MISMATCH),
        misaddressed(
            "a key that is not UTF-8",
            new byte[] {(byte) 0xff, (byte) 0xfe, 0},
            anywhere,
            Reason.KEY_MISMATCH),
        misaddressed("an empty key", new byte[0], anywhere, Reason.KEY_MISSING),
        new Misaddressed("no key", Optional.empty(), Optional.of(home), Reason.KEY_MISSING),
        new Misaddressed(
            "no key, elsewhere", Optional.empty(), Optional.of(away), Reason.KEY_MISSING),
        misaddressed("the wrong partition", customer, Optional.of(away), Reason.WRONG_PARTITION));
  }

  private static Misaddressed misaddressed(
      String name, byte[] key, Optional<Integer> partition, Reason code) {
    return new Misaddressed(name, Optional.of(Bytes.wrap(key)), partition, code);
  }

  @ParameterizedTest
  @MethodSource("misaddressed")
  void kafka_refuses_what_is_addressed_to_nobody(Misaddressed bad) throws Exception {
    // given
    byte[] key = bad.key().map(Bytes::get).orElse(null);
    byte[] value = bytes(BadInput.usageJson("misaddressed", ",\"credits\":\"1\""));

    // when
    Position position =
        send(
            new ProducerRecord<>(
                TOPICS.name(Source.USAGE), bad.partition().orElse(null), key, value));

    // then
    assertRefused(position, bad.code(), key, value);
    assertTheNextGoodOneIsTaken(position.partition());
  }

  @Test
  void kafka_refuses_a_record_without_a_value() throws Exception {
    for (Source source : Source.values()) {
      // when
      Position position =
          send(new ProducerRecord<>(TOPICS.name(source), bytes(BadInput.CUSTOMER), null));

      // then
      assertRefused(position, Reason.VALUE_MISSING, bytes(BadInput.CUSTOMER), null);
      assertTheNextGoodOneIsTaken(position.partition());
    }
  }

  @Test
  void kafka_refuses_a_cloud_event_with_headers_that_say_nothing() throws Exception {
    // given
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_specversion", new byte[] {(byte) 0xff});
    headers.add("ce_id", null);
    byte[] value = bytes("{}");

    // when
    Position position =
        send(
            new ProducerRecord<>(
                TOPICS.name(Source.USAGE), null, bytes(BadInput.CUSTOMER), value, headers));

    // then
    assertRefused(position, Reason.FIELD_MISSING, bytes(BadInput.CUSTOMER), value);
    assertTheNextGoodOneIsTaken(position.partition());
  }

  @Test
  void fields_that_nobody_knows_are_ignored() throws Exception {
    // given
    String more = ",\"credits\":\"0.5\",\"nobody_knows\":{\"a\":[1,2.5,null]},\"Credits\":\"9\"";

    // when
    Position position =
        send(
            new ProducerRecord<>(
                TOPICS.name(Source.USAGE),
                bytes(BadInput.CUSTOMER),
                bytes(BadInput.usageJson("unknown-fields", more))));
    Rest.Answer answer =
        rest.postAndWait("/v1/usage", bytes(BadInput.usageJson("unknown-by-rest", more)));

    // then
    assertThat(outcome(position).topic()).isEqualTo(TOPICS.name(Topics.ENTRIES));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    assertThat(answer.json().path("entry").path("credits").asText()).isEqualTo("0.5");
  }

  @Test
  void rest_refuses_a_customer_of_300_characters_in_the_path() throws Exception {
    Rest.Answer answer = rest.get("/v1/customers/" + "c".repeat(300) + "/balance");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("code").asText()).isEqualTo("CUSTOMER_INVALID");
    assertThat(answer.json().path("field").asText()).isEqualTo("customer");
  }

  @Test
  void rest_takes_the_good_ones_of_a_batch_and_says_what_is_wrong_with_the_others()
      throws Exception {
    // given
    String good = BadInput.usageJson("in-a-batch", ",\"credits\":\"1\"");
    String bad = BadInput.usageJson("bad-in-a-batch", ",\"credits\":\"-1\"");

    // when
    Rest.Answer answer = rest.post("/v1/usage", bytes("[" + good + "," + bad + "]"));

    // then
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.json().path("accepted").path(0).path("index").asInt()).isZero();
    JsonNode rejected = answer.json().path("rejected").path(0);
    assertThat(rejected.path("index").asInt()).isEqualTo(1);
    assertThat(rejected.path("code").asText()).isEqualTo("AMOUNT_NOT_POSITIVE");
    assertThat(rejected.path("field").asText()).isEqualTo("credits");
  }

  private void assertRefused(Position position, Reason code, byte[] key, byte[] value) {
    ConsumerRecord<byte[], byte[]> record = outcome(position);
    assertThat(record.topic()).isEqualTo(TOPICS.name(Topics.REJECTIONS));
    assertThat(record.partition()).as("the input's partition").isEqualTo(position.partition());
    OutcomeJson.Parsed outcome = OutcomeJson.read(record.value());
    assertThat(outcome.kind()).isEqualTo(OutcomeJson.Kind.REJECTION);
    assertThat(outcome.code()).as(outcome.detail().orElse("")).hasValue(code.name());
    assertThat(outcome.detail().orElse("")).isNotEmpty();
    assertThat(OutcomeJson.eventOf(record.value()).orElse(null)).isEqualTo(value);
    assertThat(OutcomeJson.keyOf(record.value()).orElse(null)).isEqualTo(key);
  }

  /** After a bad one, in the same partition. */
  private void assertTheNextGoodOneIsTaken(int partition) throws Exception {
    goodOnes++;
    String customer = customerIn(partition);
    Position position =
        send(
            new ProducerRecord<>(
                TOPICS.name(Source.USAGE),
                bytes(customer),
                bytes(
                    "{\"id\":\"good-%d\",\"customer\":\"%s\",\"credits\":\"1\"}"
                        .formatted(goodOnes, customer))));
    assertThat(position.partition()).isEqualTo(partition);
    assertThat(outcome(position).topic()).isEqualTo(TOPICS.name(Topics.ENTRIES));
  }

  private static String customerIn(int partition) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> "cus_good_" + i)
        .filter(customer -> partition(bytes(customer)) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static int partition(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
  }

  private Position send(ProducerRecord<byte[], byte[]> record) throws Exception {
    RecordMetadata sent = producer.send(record).get();
    return new Position(TOPICS.source(sent.topic()), sent.partition(), sent.offset());
  }

  /** The one outcome of an input. */
  private ConsumerRecord<byte[], byte[]> outcome(Position position) {
    reader.readUntil(
        () -> outcomes.containsKey(position),
        LIMIT,
        record -> {
          Position of =
              record.topic().equals(TOPICS.name(Topics.ENTRIES))
                  ? EntryJson.positionOf(record.value())
                  : OutcomeJson.read(record.value()).position();
          assertThat(outcomes.put(of, record)).as("an earlier outcome of " + of).isNull();
        });
    return outcomes.get(position);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
