package io.creditledger.core.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads JSON strictly: UTF-8 only, one object and nothing after it, bounded nesting. */
final class JsonText {

  private static final int DEPTH_MAX = 32;
  private static final int NAME_CHARS_MAX = 1_000;
  private static final int VALUE_CHARS_MAX = 100_000_000;

  /**
   * For what the ledger wrote itself. Field names come from callers all the same, so they are not
   * interned, and collisions are no error.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNameLength(NAME_CHARS_MAX)
                  .maxStringLength(VALUE_CHARS_MAX)
                  .maxNumberLength(VALUE_CHARS_MAX)
                  .build())
          .build();

  /** For what callers wrote: a name that stands twice is an error. */
  private static final JsonFactory CALLERS =
      FACTORY.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The bytes are not the UTF-8 text of one JSON object; the message says why. */
  static final class NotAnObjectException extends Exception {
    NotAnObjectException(String message) {
      super(message, null, false, false);
    }
  }

  private JsonText() {}

  /** The one object that a caller's bytes are the text of. */
  static Json.Members readCallers(byte[] bytes) throws NotAnObjectException {
    Optional<Json.Members> plain = PlainJson.read(bytes);
    return plain.isPresent() ? plain.get() : readJackson(bytes);
  }

  /** The same, whether plain or not. */
  static Json.Members readJackson(byte[] bytes) throws NotAnObjectException {
    return readObject(CALLERS, bytes);
  }

  /** The one object that the ledger's own bytes are the text of. */
  static Json.Members readOwn(byte[] bytes) throws NotAnObjectException {
    return readObject(FACTORY, bytes);
  }

  private static Json.Members readObject(JsonFactory factory, byte[] bytes)
      throws NotAnObjectException {
    if (!Utf8.isValid(bytes)) {
      throw new NotAnObjectException("the bytes are not UTF-8");
    }
    try (JsonParser parser = factory.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new NotAnObjectException("there is no JSON, only white space or nothing");
      }
      if (first != JsonToken.START_OBJECT) {
        throw new NotAnObjectException("the JSON is not an object");
      }
      Json.Members object = readMembers(parser);
      if (parser.nextToken() != null) {
        throw new NotAnObjectException("something follows the JSON object");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw new NotAnObjectException(
          "not JSON" + place(e) + ": " + Excerpt.unquoted(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the JSON ends being JSON; what is too long or too deep has no place. */
  private static String place(JsonProcessingException e) {
    return Optional.ofNullable(e.getLocation())
        .map(at -> " at line " + at.getLineNr() + ", column " + at.getColumnNr())
        .orElse("");
  }

  private static Json.Members readMembers(JsonParser parser) throws IOException {
    Json.Members members = new Json.Members();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      members.add(name, readValue(parser, parser.nextToken()));
    }
    return members;
  }

  private static Json readValue(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getText());
      case VALUE_TRUE -> new Json.Flag(true);
      case VALUE_FALSE -> new Json.Flag(false);
      case VALUE_NULL -> Json.Nothing.NOTHING;
      case START_OBJECT -> readMembers(parser);
      case START_ARRAY -> readItems(parser);
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("the parser offers " + token + " as a value");
    };
  }

  private static Json.Items readItems(JsonParser parser) throws IOException {
    List<Json> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(readValue(parser, token));
    }
    return new Json.Items(items);
  }
}
