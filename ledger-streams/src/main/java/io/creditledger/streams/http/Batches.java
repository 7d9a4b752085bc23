package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.creditledger.core.account.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes a body with many events apart, each event's bytes left as they are. */
final class Batches {

  /** Events in one request. */
  static final int SIZE_MAX = 1000;

  private Batches() {}

  /**
   * The items of a JSON array.
   *
   * @throws ProblemException if it is not one, is empty, or has too many
   */
  static List<byte[]> items(byte[] body) {
    List<byte[]> items = new ArrayList<>();
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw unreadable("the body is not a JSON array");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        add(items, Arrays.copyOfRange(body, start, end));
      }
      if (parser.nextToken() != null) {
        throw unreadable("something follows the JSON array");
      }
    } catch (IOException e) {
      throw unreadable("the body is not one complete JSON array in UTF-8");
    }
    return notEmpty(items);
  }

  /**
   * The lines that are not blank.
   *
   * @throws ProblemException if there are none, or too many
   */
  static List<byte[]> lines(byte[] body) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        if (!blank(body, start, i)) {
          add(lines, Arrays.copyOfRange(body, start, i));
        }
        start = i + 1;
      }
    }
    return notEmpty(lines);
  }

  private static boolean blank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static void add(List<byte[]> items, byte[] item) {
    if (items.size() == SIZE_MAX) {
      throw Problem.of(ErrorCode.BATCH_TOO_LARGE, "there are more than " + SIZE_MAX + " events")
          .exception();
    }
    items.add(item);
  }

  private static List<byte[]> notEmpty(List<byte[]> items) {
    if (items.isEmpty()) {
      throw Problem.of(ErrorCode.BATCH_EMPTY, "there are no events in the body").exception();
    }
    return items;
  }

  private static ProblemException unreadable(String detail) {
    return Problem.of(Reason.UNREADABLE, Optional.empty(), detail).exception();
  }
}
