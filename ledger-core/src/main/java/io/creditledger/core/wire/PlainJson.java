package io.creditledger.core.wire;

import java.util.Optional;

/**
 * Reads the JSON that nearly every event is: one object of strings, whole numbers or decimals and
 * such objects, in plain ASCII without escapes. Whatever else it meets, right or wrong, it leaves
 * to Jackson, which alone judges what JSON is; docs/performance.md says what that saves.
 */
final class PlainJson {

  private static final int DEPTH_MAX = 4;

  private final PlainBytes in;

  private PlainJson(byte[] bytes) {
    this.in = new PlainBytes(bytes);
  }

  /** The object, if the bytes are a plain one and nothing else. */
  static Optional<Json.Members> read(byte[] bytes) {
    PlainJson reader = new PlainJson(bytes);
    try {
      reader.in.expect('{');
      Json.Members members = reader.members(1);
      return reader.in.atEnd() ? Optional.of(members) : Optional.empty();
    } catch (PlainBytes.NotPlain notPlain) {
      return Optional.empty();
    }
  }

  private Json.Members members(int depth) {
    Json.Members members = new Json.Members();
    if (in.next() == '}') {
      return members;
    }
    in.back();
    do {
      String name = in.name();
      if (members.contains(name)) {
        throw new PlainBytes.NotPlain();
      }
      members.add(name, value(depth));
    } while (in.another());
    return members;
  }

  private Json value(int depth) {
    byte first = in.next();
    if (first == '"') {
      return new Json.Text(in.string());
    }
    if (first == '{' && depth < DEPTH_MAX) {
      return members(depth + 1);
    }
    if (PlainBytes.beginsNumber(first)) {
      in.back();
      return new Json.Numeral(in.number());
    }
    throw new PlainBytes.NotPlain();
  }
}
