package io.creditledger.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.EventType;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Damage to what the ledger stores is told as such, and never as anything else. */
class DamagedBytesTest {

  @Test
  void aDamagedAccountIsRefusedOrIsAnAccount() {
    for (long seed = 0; seed < 200; seed++) {
      Account account = new Shapes(seed).account();
      check(seed, AccountCodec.write(account), b -> AccountCodec.read(account.customer(), b));
    }
  }

  @Test
  void aDamagedMemoIsRefusedOrIsAMemo() {
    for (long seed = 0; seed < 200; seed++) {
      Memo memo = new Shapes(seed).memo();
      check(seed, MemoCodec.write(memo), b -> MemoCodec.read(memo.id(), b));
    }
  }

  @Test
  void aDamagedGrantRecordIsRefusedOrIsAGrantRecord() {
    for (long seed = 0; seed < 200; seed++) {
      GrantRecord record = new Shapes(seed).grantRecord();
      check(seed, GrantRecordCodec.write(record), GrantRecordCodec::read);
    }
  }

  @Test
  void aDamagedEntryIsRefusedOrIsAnEntry() {
    for (EventType type : EventType.values()) {
      for (long seed = 0; seed < 20; seed++) {
        check(seed, EntryJson.write(new Shapes(seed).entry(type)), EntryJson::read);
      }
    }
  }

  @Test
  void aNewerVersionIsSaidToBeNewer() {
    Account account = new Shapes(1).account();
    byte[] bytes = AccountCodec.write(account);
    bytes[0] = 2;

    assertThatIllegalStateException()
        .isThrownBy(() -> AccountCodec.read(account.customer(), bytes))
        .withMessageContaining("version 2, this program reads 1");
    assertThatIllegalStateException()
        .isThrownBy(() -> EntryJson.read("{\"v\":2}".getBytes(UTF_8)))
        .withMessageContaining("v is 2, this program reads 1");
  }

  @Test
  void anEntryThatContradictsItselfIsNotWritten() {
    LedgerEntry entry = new Shapes(1).entry(EventType.RESERVE);
    Change other = new Shapes(2).entry(EventType.RESERVE).change();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EntryJson.write(
                    new LedgerEntry(entry.header(), other, entry.balance(), entry.alerts())));
  }

  private static void check(long seed, byte[] bytes, Function<byte[], ?> read) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      byte[] damaged =
          Arrays.copyOf(bytes, random.nextInt(3) > 0 ? bytes.length : random.nextInt(bytes.length));
      int flips = random.nextInt(3);
      for (int flip = 0; flip < flips && damaged.length > 0; flip++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(read.apply(damaged)).isNotNull();
      } catch (IllegalStateException e) {
        assertThat(e).as("seed %d", seed).hasMessageMatching("(?s)(not a|the bytes of) .+: .+");
      }
    }
  }
}
