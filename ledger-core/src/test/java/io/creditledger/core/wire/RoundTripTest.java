package io.creditledger.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditledger.core.account.Account;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.Fingerprint;
import io.creditledger.core.event.LedgerEvent;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever has a form outside comes back as it was, for any value. */
class RoundTripTest {

  private static final int SEEDS = 500;

  @ParameterizedTest
  @EnumSource(EventType.class)
  void anEventComesBackEqual(EventType type) {
    forEachSeed(
        seed -> {
          LedgerEvent event = new Shapes(seed).event(type);

          byte[] bytes = EventJson.write(event);

          assertThat(EventJson.read(type.source(), bytes))
              .as("seed %d: %s", seed, new String(bytes, UTF_8))
              .isEqualTo(new Reading.Read(event));
        });
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void anEventThatComesBackHasTheSameContent(EventType type) {
    forEachSeed(
        seed -> {
          LedgerEvent event = new Shapes(seed).event(type);

          Reading reading = EventJson.read(type.source(), EventJson.write(event));

          assertThat(reading)
              .as("seed %d", seed)
              .isInstanceOfSatisfying(
                  Reading.Read.class,
                  read ->
                      assertThat(Fingerprint.of(read.event())).isEqualTo(Fingerprint.of(event)));
        });
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void anEntryAndItsBytesStandForEachOther(EventType type) {
    forEachSeed(
        seed -> {
          LedgerEntry entry = new Shapes(seed).entry(type);

          byte[] bytes = EntryJson.write(entry);
          LedgerEntry read = EntryJson.read(bytes);

          assertThat(read).as("seed %d: %s", seed, new String(bytes, UTF_8)).isEqualTo(entry);
          assertThat(EntryJson.write(read)).as("seed %d", seed).isEqualTo(bytes);
          assertThat(EntryJson.sequenceOf(bytes)).isEqualTo(entry.header().sequence());
          assertThat(EntryJson.positionOf(bytes)).isEqualTo(entry.header().position());
          assertThat(EntryJson.headOf(bytes)).as("seed %d", seed).isEqualTo(head(entry.header()));
        });
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void anEntrysPlaceIsFoundHoweverItsJsonIsWritten(EventType type) throws IOException {
    ObjectMapper anyJson = new ObjectMapper();
    for (long seed = 0; seed < SEEDS; seed++) {
      LedgerEntry entry = new Shapes(seed).entry(type);

      byte[] spaced =
          anyJson
              .writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(anyJson.readTree(EntryJson.write(entry)));

      assertThat(HeadScan.of(spaced)).isEmpty();
      assertThat(EntryJson.headOf(spaced)).as("seed %d", seed).isEqualTo(head(entry.header()));
    }
  }

  private static EntryJson.Head head(EntryHeader header) {
    return new EntryJson.Head(
        header.customer().value(),
        header.sequence(),
        header.recordedAt(),
        header.position(),
        header.catalog());
  }

  @Test
  void anAlertComesBackWithItsEntrysPlaceAndTimes() {
    forEachSeed(
        seed -> {
          Shapes shapes = new Shapes(seed);
          LedgerEntry entry = shapes.entry(List.of(shapes.alert(), shapes.alert()));
          EntryHeader header = entry.header();

          byte[] bytes = AlertJson.write(header.customer(), entry, entry.alerts().get(1), 1);

          assertThat(AlertJson.read(bytes))
              .as("seed %d: %s", seed, new String(bytes, UTF_8))
              .isEqualTo(
                  new AlertJson.Parsed(
                      header.customer() + ":" + header.sequence() + ":1",
                      entry.alerts().get(1).type(),
                      header.customer(),
                      header.sequence(),
                      1,
                      entry.alerts().get(1),
                      header.occurredAt(),
                      header.recordedAt()));
        });
  }

  @Test
  void anAccountComesBackEqual() {
    forEachSeed(
        seed -> {
          Account account = new Shapes(seed).account();

          byte[] bytes = AccountCodec.write(account);
          Account read = AccountCodec.read(account.customer(), bytes);

          assertThat(read).as("seed %d", seed).isEqualTo(account);
          assertThat(AccountCodec.write(read)).as("seed %d", seed).isEqualTo(bytes);
        });
  }

  @Test
  void aMemoComesBackEqual() {
    forEachSeed(
        seed -> {
          Memo memo = new Shapes(seed).memo();

          byte[] bytes = MemoCodec.write(memo);

          assertThat(MemoCodec.read(memo.id(), bytes)).as("seed %d", seed).isEqualTo(memo);
        });
  }

  @Test
  void aGrantRecordComesBackEqual() {
    forEachSeed(
        seed -> {
          GrantRecord record = new Shapes(seed).grantRecord();

          byte[] bytes = GrantRecordCodec.write(record);

          assertThat(GrantRecordCodec.read(bytes)).as("seed %d", seed).isEqualTo(record);
        });
  }

  private static void forEachSeed(LongConsumer check) {
    for (long seed = 0; seed < SEEDS; seed++) {
      check.accept(seed);
    }
  }
}
