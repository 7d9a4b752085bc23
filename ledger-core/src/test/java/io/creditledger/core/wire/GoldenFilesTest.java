package io.creditledger.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.event.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every format is held to files that are never edited. A new version of a format adds a folder of
 * its own and still reads the old one. To make the files of a new format, run this test once with
 * {@code -Dgolden.write=src/test/resources/golden}; files that exist are left alone.
 */
class GoldenFilesTest {

  private static final String WRITE_TO = System.getProperty("golden.write", "");

  @ParameterizedTest
  @EnumSource(EventType.class)
  void events(EventType type) {
    byte[] golden =
        text("v1/event/" + type.wireName() + ".json", EventJson.write(Examples.event(type)));

    assertThat(EventJson.read(type.source(), golden))
        .isEqualTo(new Reading.Read(Examples.event(type)));
    assertSameText(EventJson.write(Examples.event(type)), golden);
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void entries(EventType type) {
    byte[] golden =
        text("v1/entry/" + type.wireName() + ".json", EntryJson.write(Examples.entry(type)));

    assertThat(EntryJson.read(golden)).isEqualTo(Examples.entry(type));
    assertSameText(EntryJson.write(Examples.entry(type)), golden);
    assertThat(EntryJson.sequenceOf(golden)).isEqualTo(42);
    assertThat(EntryJson.positionOf(golden)).isEqualTo(Examples.entry(type).header().position());
  }

  @Test
  void voidsOfWhatIsLeft() {
    byte[] event = text("v1/event/void-up-to.json", EventJson.write(Examples.voidUpTo()));
    byte[] entry = text("v1/entry/void-up-to.json", EntryJson.write(Examples.voidedUpTo()));

    assertThat(EventJson.read(EventType.VOID.source(), event))
        .isEqualTo(new Reading.Read(Examples.voidUpTo()));
    assertSameText(EventJson.write(Examples.voidUpTo()), event);
    assertThat(EntryJson.read(entry)).isEqualTo(Examples.voidedUpTo());
    assertSameText(EntryJson.write(Examples.voidedUpTo()), entry);
  }

  @Test
  void outcomes() {
    assertSameText(Examples.rejection(), text("v1/outcome/rejection.json", Examples.rejection()));
    assertSameText(
        Examples.unreadableRejection(),
        text("v1/outcome/rejection-of-bytes.json", Examples.unreadableRejection()));
    assertSameText(Examples.duplicate(), text("v1/outcome/duplicate.json", Examples.duplicate()));
  }

  @Test
  void alerts() {
    byte[] golden = text("v1/alert.json", Examples.alert());

    assertSameText(Examples.alert(), golden);
    assertThat(AlertJson.read(golden).alert())
        .isEqualTo(Examples.entry(EventType.USAGE).alerts().get(1));
  }

  @Test
  void accounts() {
    byte[] golden = hex("v1/account.hex", AccountCodec.write(Examples.account()));

    assertThat(AccountCodec.read(Examples.account().customer(), golden))
        .isEqualTo(Examples.account());
    assertThat(AccountCodec.write(Examples.account())).isEqualTo(golden);
  }

  @Test
  void newAccounts() {
    byte[] golden = hex("v1/account-new.hex", AccountCodec.write(Examples.newAccount()));

    assertThat(AccountCodec.read(Examples.newAccount().customer(), golden))
        .isEqualTo(Examples.newAccount());
    assertThat(AccountCodec.write(Examples.newAccount())).isEqualTo(golden);
  }

  @Test
  void memos() {
    byte[] golden = hex("v1/memo.hex", MemoCodec.write(Examples.memo()));

    assertThat(MemoCodec.read(Examples.memo().id(), golden)).isEqualTo(Examples.memo());
    assertThat(MemoCodec.write(Examples.memo())).isEqualTo(golden);
  }

  @Test
  void grantRecords() {
    byte[] golden = hex("v1/grant-record.hex", GrantRecordCodec.write(Examples.grantRecord()));

    assertThat(GrantRecordCodec.read(golden)).isEqualTo(Examples.grantRecord());
    assertThat(GrantRecordCodec.write(Examples.grantRecord())).isEqualTo(golden);
  }

  private static void assertSameText(byte[] bytes, byte[] golden) {
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo(new String(golden, StandardCharsets.UTF_8));
  }

  /** A text file's bytes without the line feed that ends the file. */
  private static byte[] text(String name, byte[] now) {
    byte[] file = file(name, new String(now, StandardCharsets.UTF_8) + "\n");
    return Arrays.copyOf(file, file.length - 1);
  }

  /** A binary file, kept as lines of hexadecimal digits. */
  private static byte[] hex(String name, byte[] now) {
    String lines = HexFormat.of().formatHex(now).replaceAll("(.{64})", "$1\n").strip() + "\n";
    String file = new String(file(name, lines), StandardCharsets.UTF_8);
    return HexFormat.of().parseHex(file.replaceAll("\\s", ""));
  }

  private static byte[] file(String name, String now) {
    try {
      if (!WRITE_TO.isEmpty()) {
        Path path = Path.of(WRITE_TO, name);
        if (Files.notExists(path)) {
          Files.createDirectories(path.getParent());
          Files.writeString(path, now);
        }
        return Files.readAllBytes(path);
      }
      try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/golden/" + name)) {
        assertThat(in).as("golden file %s", name).isNotNull();
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
