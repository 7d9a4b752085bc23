package io.creditledger.core.wire;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds an entry's place where {@link EntryWriter} writes it, and steps over all that lies between
 * without reading it: a quarter of the time that a reader of any JSON takes. Bytes that are written
 * in another way, or damaged, give nothing, and are for such a reader.
 */
final class HeadScan {

  private static final byte[] TYPE =
      ascii("{\"" + Field.VERSION + "\":" + EntryJson.VERSION + ",\"" + Field.TYPE + "\":\"");
  private static final byte[] CUSTOMER = ascii("\",\"" + Field.CUSTOMER + "\":\"");
  private static final byte[] SEQUENCE = ascii("\",\"" + Field.SEQUENCE + "\":");
  private static final byte[] RECORDED_AT = ascii(",\"" + Field.RECORDED_AT + "\":\"");
  private static final byte[] TOPIC =
      ascii("\",\"" + Field.SOURCE + "\":{\"" + Field.TOPIC + "\":\"");
  private static final byte[] PARTITION = ascii("\",\"" + Field.PARTITION + "\":");
  private static final byte[] OFFSET = ascii(",\"" + Field.OFFSET + "\":");
  private static final byte[] CATALOG = ascii("},\"" + Field.CATALOG + "\":\"");

  /** More digits might not fit into a number. */
  private static final int DIGITS_MAX = 18;

  private final byte[] bytes;
  private int at;
  private boolean whole = true;

  private HeadScan(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The place, if it stands where it is written. */
  static Optional<EntryJson.Head> of(byte[] bytes) {
    return new HeadScan(bytes).head();
  }

  private Optional<EntryJson.Head> head() {
    expect(TYPE);
    skipText();
    expect(CUSTOMER);
    String customer = text();
    expect(SEQUENCE);
    long sequence = number();
    seekRecordedAt();
    String recordedAt = text();
    expect(TOPIC);
    Optional<Source> source = Source.ofTopic(text());
    expect(PARTITION);
    long partition = number();
    expect(OFFSET);
    long offset = number();
    expect(CATALOG);
    String catalog = text();
    if (!whole || source.isEmpty() || partition > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new EntryJson.Head(
              customer,
              sequence,
              Times.parse(recordedAt),
              new Position(source.get(), (int) partition, offset),
              catalog));
    } catch (IllegalArgumentException notATime) {
      return Optional.empty();
    }
  }

  private void expect(byte[] what) {
    int end = at + what.length;
    whole = whole && end <= bytes.length && Arrays.equals(bytes, at, end, what, 0, what.length);
    at = end;
  }

  /**
   * Goes to the time of recording. A comma, a quote and this name stand together only between two
   * members, for a quote inside of a text has a backslash before it.
   */
  private void seekRecordedAt() {
    int size = RECORDED_AT.length;
    for (int from = at; from <= bytes.length - size; from++) {
      if (bytes[from] == ','
          && bytes[from + 2] == 'r'
          && Arrays.equals(bytes, from, from + size, RECORDED_AT, 0, size)) {
        at = from + size;
        return;
      }
    }
    whole = false;
  }

  /** A text up to its quote, which stays; one that is not plain ASCII is for another reader. */
  private String text() {
    int begin = at;
    skipText();
    return whole ? new String(bytes, begin, at - begin, StandardCharsets.ISO_8859_1) : "";
  }

  private void skipText() {
    int end = at;
    while (end < bytes.length && bytes[end] >= ' ' && bytes[end] != '"' && bytes[end] != '\\') {
      end++;
    }
    at = end;
    whole = whole && end < bytes.length && bytes[end] == '"';
  }

  private long number() {
    int begin = at;
    long number = 0;
    while (whole && at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      number = number * 10 + bytes[at] - '0';
      at++;
      whole = at - begin <= DIGITS_MAX;
    }
    whole = whole && at > begin && (bytes[begin] != '0' || at == begin + 1);
    return number;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
