package io.creditledger.core.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Journal entries as {@code ledger.entries} carries them: one flat JSON object that a person can
 * read with a console consumer. What is absent, empty or zero is left out. {@code allocations} are
 * the entry's postings in order; one without a {@code move} consumed. {@code burn_order} stands
 * where grants were chosen by it and tells the version of that order.
 *
 * <p>Bytes and value stand for each other: {@code write(read(bytes))} gives the same bytes, and
 * {@code read(write(entry))} an equal entry. The hash that chains entries is taken of these bytes.
 */
public final class EntryJson {

  /** Version of the format, the first field of each entry. */
  public static final int VERSION = 1;

  /**
   * What an entry says of its place, without its content.
   *
   * @param catalog version of the catalog by which it was decided
   */
  public record Head(
      String customer, long sequence, Instant recordedAt, Position position, String catalog) {}

  private static final byte[] SEQUENCE =
      ("\"" + Field.SEQUENCE + "\":").getBytes(StandardCharsets.US_ASCII);

  private EntryJson() {}

  /**
   * The entry's bytes.
   *
   * @throws IllegalArgumentException if the entry contradicts itself, for instance holds a
   *     reservation of another id than its own: a bug in who decided
   */
  public static byte[] write(LedgerEntry entry) {
    return JsonWriter.write(json -> EntryWriter.write(json, entry));
  }

  /**
   * The entry of these bytes.
   *
   * @throws IllegalStateException if they are not an entry of this version; the message says why
   */
  public static LedgerEntry read(byte[] bytes) {
    try {
      return EntryReader.read(JsonText.readOwn(bytes));
    } catch (JsonText.NotAnObjectException | RefusedException | IllegalArgumentException e) {
      throw new IllegalStateException("not a journal entry: " + e.getMessage(), e);
    }
  }

  /** The type that stands in an entry with this change. */
  public static EventType typeOf(Change change) {
    return EntryWriter.typeOf(change);
  }

  /**
   * The customer's sequence number, without reading further than to it. It stands before any object
   * within the entry, and no string holds what begins it: a quote in a string has a backslash.
   *
   * @throws IllegalStateException if the bytes have none
   */
  public static long sequenceOf(byte[] bytes) {
    int last = bytes.length - SEQUENCE.length;
    for (int at = 0; at < last; at++) {
      if (bytes[at] == '"'
          && Arrays.equals(bytes, at, at + SEQUENCE.length, SEQUENCE, 0, SEQUENCE.length)) {
        return digits(bytes, at + SEQUENCE.length);
      }
    }
    throw new IllegalStateException("not a journal entry: it has no " + Field.SEQUENCE);
  }

  private static long digits(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    try {
      return Long.parseLong(new String(bytes, from, end - from, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw notAnEntry(e);
    }
  }

  /** The input's position, without reading further than to it. */
  public static Position positionOf(byte[] bytes) {
    try (JsonParser parser = openedAt(bytes, Field.SOURCE, JsonToken.START_OBJECT)) {
      return PositionJson.read(parser);
    } catch (IOException | IllegalArgumentException e) {
      throw notAnEntry(e);
    }
  }

  /**
   * The entry's place, read without building what lies between.
   *
   * @throws IllegalStateException if the bytes are no entry as far as this needs them
   */
  public static Head headOf(byte[] bytes) {
    return HeadScan.of(bytes).orElseGet(() -> readHead(bytes));
  }

  private static Head readHead(byte[] bytes) {
    try (JsonParser parser = openedAt(bytes, Field.CUSTOMER, JsonToken.VALUE_STRING)) {
      String customer = parser.getText();
      seek(parser, Field.SEQUENCE, JsonToken.VALUE_NUMBER_INT);
      long sequence = parser.getLongValue();
      seek(parser, Field.RECORDED_AT, JsonToken.VALUE_STRING);
      Instant recordedAt = Times.parse(parser.getText());
      seek(parser, Field.SOURCE, JsonToken.START_OBJECT);
      Position position = PositionJson.read(parser);
      seek(parser, Field.CATALOG, JsonToken.VALUE_STRING);
      return new Head(customer, sequence, recordedAt, position, parser.getText());
    } catch (IOException | IllegalArgumentException e) {
      throw notAnEntry(e);
    }
  }

  private static JsonParser openedAt(byte[] bytes, String field, JsonToken type)
      throws IOException {
    JsonParser parser = JsonText.FACTORY.createParser(bytes);
    parser.nextToken();
    seek(parser, field, type);
    return parser;
  }

  private static void seek(JsonParser parser, String field, JsonToken type) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (name.equals(field) && token == type) {
        return;
      }
      parser.skipChildren();
    }
    throw new IllegalStateException("not a journal entry: it has no " + field);
  }

  private static IllegalStateException notAnEntry(Exception e) {
    return new IllegalStateException("not a journal entry: " + e.getMessage(), e);
  }
}
