package io.creditledger.core.wire;

import io.creditledger.core.event.Position;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Texts;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Small parts that several binary formats share. */
final class Parts {

  private Parts() {}

  /** A unit's text is never empty, so that a length of zero can stand for {@code credits}. */
  static void write(BinaryWriter out, Unit unit) {
    out.text(unit.equals(Unit.CREDITS) ? "" : unit.value());
  }

  static Unit unit(BinaryReader in) {
    String text = in.text();
    return text.isEmpty() ? Unit.CREDITS : new Unit(text);
  }

  /** Names are never empty, so that a length of zero can stand for none. */
  static void write(BinaryWriter out, Dimensions dimensions) {
    out.text(dimensions.meter().isPresent() ? dimensions.meter().get().value() : "");
    out.text(dimensions.subscription().isPresent() ? dimensions.subscription().get().value() : "");
  }

  static Dimensions dimensions(BinaryReader in) {
    String meter = in.text();
    String subscription = in.text();
    return meter.isEmpty() && subscription.isEmpty()
        ? Dimensions.NONE
        : new Dimensions(
            meter.isEmpty() ? Optional.empty() : Optional.of(new MeterName(meter)),
            subscription.isEmpty()
                ? Optional.empty()
                : Optional.of(new SubscriptionId(subscription)));
  }

  static void write(BinaryWriter out, Credits credits) {
    out.number(credits.micros());
  }

  static Credits credits(BinaryReader in) {
    return Credits.ofMicros(in.number());
  }

  static void write(BinaryWriter out, Position position) {
    out.octet(Codes.of(position.source()));
    out.number(position.partition());
    out.number(position.offset());
  }

  /** The position that follows the code of its source. */
  static Position position(BinaryReader in, int sourceCode) {
    return new Position(Codes.source(sourceCode), in.small(), in.number());
  }

  static void write(BinaryWriter out, Allocation allocation) {
    out.text(allocation.grant().value());
    write(out, allocation.amount());
  }

  static Allocation allocation(BinaryReader in) {
    return new Allocation(new GrantId(in.text()), credits(in));
  }

  static void write(BinaryWriter out, Map<String, String> map) {
    Texts texts = Texts.copyOf(map);
    out.number(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      out.text(texts.name(i));
      out.text(texts.text(i));
    }
  }

  static Map<String, String> map(BinaryReader in) {
    int size = in.count();
    if (size == 0) {
      return Map.of();
    }
    Map<String, String> map = HashMap.newHashMap(size);
    for (int i = 0; i < size; i++) {
      String key = in.text();
      map.put(key, in.text());
    }
    return map;
  }

  static <T> void write(BinaryWriter out, List<T> list, BiConsumer<BinaryWriter, T> write) {
    out.number(list.size());
    for (T one : list) {
      write.accept(out, one);
    }
  }

  static <T> List<T> list(BinaryReader in, Function<BinaryReader, T> read) {
    int size = in.count();
    if (size == 0) {
      return List.of();
    }
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(read.apply(in));
    }
    return list;
  }

  static <T> void write(BinaryWriter out, Optional<T> value, BiConsumer<BinaryWriter, T> write) {
    out.octet(value.isPresent() ? 1 : 0);
    if (value.isPresent()) {
      write.accept(out, value.get());
    }
  }

  static <T> Optional<T> optional(BinaryReader in, Function<BinaryReader, T> read) {
    int code = in.octet();
    return switch (code) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(read.apply(in));
      default -> throw in.damaged("neither present nor absent: " + code);
    };
  }

  static void writeTime(BinaryWriter out, Optional<Instant> time) {
    write(out, time, BinaryWriter::time);
  }

  static Optional<Instant> time(BinaryReader in) {
    return optional(in, BinaryReader::time);
  }

  /** Reads a whole value of one version, turning whatever is wrong with it into one exception. */
  static <T> T whole(String what, int version, byte[] bytes, Function<BinaryReader, T> read) {
    BinaryReader in = new BinaryReader(bytes);
    try {
      int found = in.octet();
      if (found != version) {
        throw in.damaged("the format has version " + found + ", this program reads " + version);
      }
      T value = read.apply(in);
      in.end();
      return value;
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the bytes of " + what + " are damaged: " + e.getMessage(), e);
    }
  }
}
