package io.creditledger.streams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.account.Account;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.scenario.MemoryLedger;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final int CUSTOMERS = 7;
  private static final int ENTRIES = 6;

  @TempDir private Path directory;

  private final MemoryLedger ledger = new MemoryLedger(Catalog.EMPTY);
  private SigningKey key;
  private SignedCheckpoint checkpoint;

  @BeforeEach
  void some_customers_have_a_journal_and_a_checkpoint_is_signed() {
    for (int i = 0; i < CUSTOMERS; i++) {
      submit(
          Source.GRANT,
          "{\"type\":\"grant\",\"id\":\"g\",\"customer\":\"cus_%d\",\"amount\":\"100\",\"unit\":\"credits\"}"
              .formatted(i));
      for (int use = 1; use < ENTRIES; use++) {
        submit(
            Source.USAGE,
            "{\"id\":\"u%d\",\"customer\":\"cus_%d\",\"credits\":\"%d\"}"
                .formatted(use, i, 10 + i));
      }
    }
    key = SigningKey.make(directory.resolve("operator.pem"));
    checkpoint =
        SignedCheckpoint.sign(
            Checkpoint.of(0, 1, AT, Map.of("ledger.entries", 42L), accounts()), key);
  }

  private void submit(Source source, String json) {
    LedgerEvent event = ((Reading.Read) EventJson.read(source, bytes(json), Catalog.EMPTY)).event();
    ledger.submit(event, AT);
  }

  private List<Account> accounts() {
    return IntStream.range(0, CUSTOMERS)
        .mapToObj(i -> ledger.account(new CustomerId("cus_" + i)))
        .toList();
  }

  private byte[] statement(String customer) {
    return Statement.write(
        customer,
        ledger.entries(new CustomerId(customer)).stream().map(EntryJson::write).toList(),
        new MerkleTree(Checkpoint.heads(accounts())).proof(customer),
        checkpoint);
  }

  @Test
  void each_customers_statement_proves_itself() {
    for (int i = 0; i < CUSTOMERS; i++) {
      Statement.Verified verified = Statement.verify(statement("cus_" + i), key.publicKey());

      assertThat(verified.customer()).isEqualTo("cus_" + i);
      assertThat(verified.entries()).isEqualTo(ENTRIES);
      assertThat(verified.last().balance().orElseThrow().available().toString())
          .isEqualTo(Integer.toString(100 - (ENTRIES - 1) * (10 + i)));
    }
  }

  @Test
  void any_changed_character_is_found() {
    // given
    byte[] file = statement("cus_3");
    SplittableRandom random = new SplittableRandom(1);

    for (int i = 0; i < 500; i++) {
      byte[] altered = file.clone();
      int at = random.nextInt(file.length);
      altered[at] = altered[at] == '7' ? (byte) '8' : (byte) '7';
      if (altered[at] == file[at]) {
        continue;
      }

      // when, then
      assertThatThrownBy(() -> Statement.verify(altered, key.publicKey()))
          .as("byte %d", at)
          .isInstanceOf(CheckpointException.class);
    }
  }

  @Test
  void a_changed_digit_is_named_with_its_entry() {
    assertThatThrownBy(
            () -> verify(lines -> lines.set(3, lines.get(3).replace("\"13\"", "\"12\""))))
        .hasMessageStartingWith("line 4: entry 3 was altered");
  }

  @Test
  void a_change_of_the_last_entry_is_found_by_the_checkpoint() {
    assertThatThrownBy(
            () -> verify(lines -> lines.set(6, lines.get(6).replace("\"13\"", "\"12\""))))
        .hasMessageStartingWith("line 7: entry 6 is not the one that the signed checkpoint has");
  }

  @Test
  void a_missing_entry_is_named() {
    assertThatThrownBy(() -> verify(lines -> lines.remove(3)))
        .hasMessageStartingWith("line 4 is entry 4 where entry 3 belongs");
  }

  @Test
  void entries_left_out_at_the_end_are_missed() {
    assertThatThrownBy(() -> verify(List::removeLast))
        .hasMessageContaining("the statement names 6 entries and has 5");
  }

  @Test
  void reordered_entries_are_named() {
    assertThatThrownBy(() -> verify(lines -> Collections.swap(lines, 3, 4)))
        .hasMessageStartingWith("line 4 is entry 4 where entry 3 belongs");
  }

  @Test
  void a_checkpoint_signed_with_another_key_proves_nothing() {
    SigningKey other = SigningKey.make(directory.resolve("other.pem"));

    assertThatThrownBy(() -> Statement.verify(statement("cus_3"), other.publicKey()))
        .hasMessageContaining("is signed with another key");
  }

  @Test
  void a_private_key_is_for_its_owner_only_and_never_written_over() throws Exception {
    Path file = directory.resolve("operator.pem");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SigningKey.read(file).publicKey().fingerprint())
        .isEqualTo(key.publicKey().fingerprint());
    assertThatThrownBy(() -> SigningKey.make(file)).hasMessageContaining("is there already");
  }

  /** Changes the lines of a good statement. */
  @FunctionalInterface
  private interface Change {
    void of(List<String> lines);
  }

  private void verify(Change change) {
    List<String> lines =
        new ArrayList<>(
            List.of(new String(statement("cus_3"), StandardCharsets.UTF_8).split("\n", -1)));
    lines.removeLast();
    change.of(lines);
    Statement.verify(bytes(String.join("\n", lines) + "\n"), key.publicKey());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
