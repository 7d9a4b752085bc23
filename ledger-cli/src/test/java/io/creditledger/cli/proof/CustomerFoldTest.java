package io.creditledger.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.scenario.MemoryLedger;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerFoldTest {

  private static final CustomerId CUSTOMER = new CustomerId("cus_1");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final MemoryLedger ledger = new MemoryLedger(Catalog.EMPTY);
  private final List<String> violations = new ArrayList<>();
  private final CustomerFold fold = new CustomerFold(CUSTOMER, violations::add);

  @BeforeEach
  void history() {
    submit(
        Source.GRANT,
        """
        {"id":"plan","customer":"cus_1","amount":"100","priority":10,
         "expires_at":"2026-02-01T00:00:00Z"}""");
    submit(Source.GRANT, "{\"id\":\"add_on\",\"customer\":\"cus_1\",\"amount\":\"50\"}");
    submit(Source.USAGE, "{\"id\":\"u1\",\"customer\":\"cus_1\",\"credits\":\"30\"}");
    submit(
        Source.USAGE,
        "{\"type\":\"reserve\",\"id\":\"r1\",\"customer\":\"cus_1\",\"credits\":\"20\"}");
    submit(
        Source.USAGE,
        """
        {"type":"settle","id":"s1","customer":"cus_1","reservation":"r1","credits":"25"}""");
    submit(
        Source.USAGE,
        "{\"type\":\"reverse\",\"id\":\"v1\",\"customer\":\"cus_1\",\"usage\":\"u1\",\"amount\":\"10\"}");
    submit(Source.USAGE, "{\"id\":\"u2\",\"customer\":\"cus_1\",\"credits\":\"200\"}");
    submit(
        Source.GRANT,
        "{\"id\":\"late\",\"customer\":\"cus_1\",\"amount\":\"8\",\"expires_at\":\"2026-01-02T00:00:00Z\"}");
    submit(
        Source.GRANT,
        "{\"type\":\"void\",\"id\":\"x1\",\"customer\":\"cus_1\",\"grant\":\"late\",\"amount\":\"3\"}");
    ledger.fireTimersUntil(START.plus(Duration.ofDays(60)));
  }

  @Test
  void a_true_journal_is_without_a_violation_and_adds_up() {
    // when
    journal().forEach(this::add);

    // then
    assertThat(violations).isEmpty();
    CustomerSums sums = fold.sums();
    assertThat(sums.grants().values()).allMatch(GrantSums::conserved);
    assertThat(sums.grants().get(new GrantId("plan")).consumed()).hasToString("100");
    assertThat(sums.grants().get(new GrantId("late")).expired()).hasToString("5");
    assertThat(sums.grants().get(new GrantId("late")).voided()).hasToString("3");
    assertThat(sums.used()).hasToString("245");
    assertThat(sums.beyond().values())
        .singleElement()
        .satisfies(beyond -> assertThat(beyond.overage()).hasToString("95"));
  }

  @Test
  void an_entry_left_out_is_a_gap_and_breaks_the_chain() {
    // given
    List<byte[]> journal = journal();
    journal.remove(2);

    // when
    journal.forEach(this::addCarefully);

    // then
    assertThat(violations)
        .anyMatch(what -> what.contains("entry 4 follows entry 2"))
        .anyMatch(what -> what.contains("entry 4 is not chained"));
  }

  @Test
  void an_amount_changed_afterwards_breaks_the_chain_and_the_sums() {
    // given
    List<byte[]> journal = journal();
    String forged =
        new String(journal.get(2), StandardCharsets.UTF_8)
            .replace("\"amount\":\"30\"", "\"amount\":\"29\"");
    journal.set(2, forged.getBytes(StandardCharsets.UTF_8));

    // when
    journal.forEach(this::addCarefully);

    // then
    assertThat(violations)
        .anyMatch(what -> what.contains("entry 3 leaves 70 in grant plan"))
        .anyMatch(what -> what.contains("entry 3 does not pay what was used"))
        .anyMatch(what -> what.contains("entry 4 is not chained"));
  }

  private List<byte[]> journal() {
    return new ArrayList<>(ledger.entries(CUSTOMER).stream().map(EntryJson::write).toList());
  }

  private void add(byte[] json) {
    fold.add(EntryJson.read(json), json);
  }

  /** A forged journal may also be one that cannot be folded at all from some entry on. */
  private void addCarefully(byte[] json) {
    try {
      add(json);
    } catch (IllegalStateException impossible) {
      violations.add(impossible.getMessage());
    }
  }

  private void submit(Source source, String json) {
    Reading.Read reading =
        (Reading.Read) EventJson.read(source, json.getBytes(StandardCharsets.UTF_8));
    ledger.submit(reading.event(), START);
  }
}
