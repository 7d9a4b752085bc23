package io.creditledger.core.wire;

import io.creditledger.core.account.Fate;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Spend;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.EventId;
import java.util.Optional;

/**
 * What is remembered of an event, in bytes. The event's id is the store's key and not repeated in
 * the value.
 */
public final class MemoCodec {

  /** Version of the format, the first byte. */
  public static final int VERSION = 1;

  private static final int SOURCE_MASK = 0x3;
  private static final int FATE_SHIFT = 2;
  private static final int SPEND = 0x20;

  private MemoCodec() {}

  /** The memo's bytes, without the event's id. */
  public static byte[] write(Memo memo) {
    return BinaryWriter.write(memo, MemoCodec::write);
  }

  private static void write(BinaryWriter out, Memo memo) {
    out.octet(VERSION);
    out.octet(
        Codes.of(memo.source())
            | Codes.of(memo.fate()) << FATE_SHIFT
            | (memo.spend().isPresent() ? SPEND : 0));
    out.bits(memo.fingerprint());
    out.number(memo.sequence());
    out.time(memo.recordedAt());
    if (memo.spend().isPresent()) {
      write(out, memo.spend().get());
    }
  }

  /**
   * The memo of these bytes.
   *
   * @throws IllegalStateException if they are not a memo of this version; the message says what is
   *     wrong and where
   */
  public static Memo read(EventId id, byte[] bytes) {
    return Parts.whole("memo " + id, VERSION, bytes, in -> memo(id, in));
  }

  private static Memo memo(EventId id, BinaryReader in) {
    int flags = in.octet();
    Source source = Codes.source(flags & SOURCE_MASK);
    Fate fate = Codes.fate((flags & ~SPEND) >> FATE_SHIFT);
    return new Memo(
        id,
        in.bits(),
        in.number(),
        source,
        in.time(),
        fate,
        (flags & SPEND) == 0 ? Optional.empty() : Optional.of(spend(in)));
  }

  private static void write(BinaryWriter out, Spend spend) {
    Parts.write(out, spend.unit());
    Parts.write(out, spend.dimensions());
    Parts.write(out, spend.allocations(), Parts::write);
    out.octet(Codes.of(spend.uncovered().kind()));
    if (spend.uncovered().kind() != Shortfall.Kind.NONE) {
      Parts.write(out, spend.uncovered().amount());
    }
  }

  private static Spend spend(BinaryReader in) {
    return new Spend(
        Parts.unit(in), Parts.dimensions(in), Parts.list(in, Parts::allocation), shortfall(in));
  }

  private static Shortfall shortfall(BinaryReader in) {
    Shortfall.Kind kind = Codes.shortfall(in.octet());
    return kind == Shortfall.Kind.NONE ? Shortfall.NONE : new Shortfall(kind, Parts.credits(in));
  }
}
