package io.creditledger.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutcomeJsonTest {

  private static final Position POSITION = new Position(Source.USAGE, 3, 8812);
  private static final Instant RECORDED_AT = Instant.parse("2026-11-21T10:00:00.5Z");

  @Test
  void aRejectionSaysWhatWasWrongAndKeepsTheRecord() {
    byte[] value = "{\"id\":\"e\",\"customer\":\"c\",\"credits\":\"x\"}\n".getBytes(UTF_8);

    byte[] bytes =
        OutcomeJson.rejection(
            Optional.of(new CustomerId("c")),
            Optional.of(new EventId("e")),
            POSITION,
            RECORDED_AT,
            Reason.FIELD_INVALID,
            Optional.of("credits"),
            "credits: \"x\" is not a decimal number",
            41,
            "0123456789ab",
            "c".getBytes(UTF_8),
            value);

    assertThat(OutcomeJson.read(bytes))
        .isEqualTo(
            new OutcomeJson.Parsed(
                OutcomeJson.Kind.REJECTION,
                Optional.of(new CustomerId("c")),
                Optional.of(new EventId("e")),
                Optional.of("FIELD_INVALID"),
                Optional.of("credits"),
                Optional.of("credits: \"x\" is not a decimal number"),
                POSITION,
                RECORDED_AT,
                OptionalLong.empty(),
                41,
                "0123456789ab"));
    assertThat(OutcomeJson.keyOf(bytes))
        .hasValueSatisfying(key -> assertThat(key).isEqualTo(bytes("c")));
    assertThat(OutcomeJson.eventOf(bytes))
        .hasValueSatisfying(kept -> assertThat(kept).isEqualTo(value));
  }

  @Test
  void aDuplicateNamesTheEntryItRepeats() {
    byte[] bytes =
        OutcomeJson.duplicate(
            new CustomerId("c"), new EventId("e"), POSITION, RECORDED_AT, 7, 41, "0123456789ab");

    assertThat(OutcomeJson.read(bytes))
        .isEqualTo(
            new OutcomeJson.Parsed(
                OutcomeJson.Kind.DUPLICATE,
                Optional.of(new CustomerId("c")),
                Optional.of(new EventId("e")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                POSITION,
                RECORDED_AT,
                OptionalLong.of(7),
                41,
                "0123456789ab"));
    assertThat(OutcomeJson.eventOf(bytes)).isEmpty();
  }

  @Test
  void anyBytesAreKeptExactly() {
    assertKept(new byte[0]);
    assertKept(new byte[] {0});
    assertKept(bytes("\ufeff{\"ä\":\"€😀\\\"\"}\r\n\t"));
    assertKept(new byte[2_000_000]);
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] value = new byte[random.nextInt(40)];
      random.nextBytes(value);
      for (int i = 0; i < value.length && random.nextInt(3) > 0; i++) {
        value[i] = (byte) (value[i] & 0x7f);
      }
      assertKept(value);
    }
  }

  @Test
  void aRecordWithoutKeyOrValueHasNone() {
    byte[] bytes = rejection(null, null);

    assertThat(OutcomeJson.keyOf(bytes)).isEmpty();
    assertThat(OutcomeJson.eventOf(bytes)).isEmpty();
  }

  @Test
  void aDetailThatNoEncoderTakesIsMadeWellFormed() {
    byte[] bytes =
        OutcomeJson.rejection(
            Optional.empty(),
            Optional.empty(),
            POSITION,
            RECORDED_AT,
            Reason.UNREADABLE,
            Optional.empty(),
            "it says \ud800 and\nmore",
            0,
            "0123456789ab",
            null,
            null);

    assertThat(OutcomeJson.read(bytes).detail()).contains("it says \ufffd and\ufffdmore");
  }

  @Test
  void otherBytesAreNoOutcome() {
    assertThatIllegalStateException().isThrownBy(() -> OutcomeJson.read(bytes("{")));
    assertThatIllegalStateException().isThrownBy(() -> OutcomeJson.read(bytes("{}")));
    assertThatIllegalStateException()
        .isThrownBy(() -> OutcomeJson.read(bytes("{\"v\":2}")))
        .withMessageContaining("v is 2, this program reads 1");
  }

  private static void assertKept(byte[] value) {
    byte[] bytes = rejection(value, value);

    assertThat(OutcomeJson.keyOf(bytes))
        .hasValueSatisfying(key -> assertThat(key).isEqualTo(value));
    assertThat(OutcomeJson.eventOf(bytes))
        .hasValueSatisfying(kept -> assertThat(kept).isEqualTo(value));
  }

  private static byte[] rejection(byte[] key, byte[] value) {
    return OutcomeJson.rejection(
        Optional.empty(),
        Optional.empty(),
        POSITION,
        RECORDED_AT,
        Reason.UNREADABLE,
        Optional.empty(),
        "not JSON",
        0,
        "0123456789ab",
        key,
        value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
