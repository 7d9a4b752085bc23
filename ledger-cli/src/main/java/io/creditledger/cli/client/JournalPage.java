package io.creditledger.cli.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of a customer's journal.
 *
 * @param entries in the order in which they stand there
 * @param complete see the API: whether nothing is missing before them
 */
record JournalPage(List<Entry> entries, boolean complete) {

  /**
   * One entry.
   *
   * @param text as it stands in the journal, to the byte: its hash is in the entry after it
   */
  record Entry(long sequence, String text, JsonNode json) {}

  /**
   * The page in an answer.
   *
   * @throws io.creditledger.cli.CommandFailedException if the answer is a refusal, or no page
   */
  static JournalPage of(Answer answer) {
    JsonNode page = answer.orFail().json();
    List<String> texts = texts(answer.text());
    List<Entry> entries = new ArrayList<>();
    for (JsonNode entry : page.path("entries")) {
      entries.add(new Entry(entry.path("sequence").asLong(), texts.get(entries.size()), entry));
    }
    return new JournalPage(entries, page.path("complete").asBoolean());
  }

  /** The entries' own texts, which reading and writing them again might change. */
  private static List<String> texts(String page) {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = LedgerClient.MAPPER.createParser(page)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean entries = parser.currentName().equals("entries");
        parser.nextToken();
        while (entries && parser.nextToken() == JsonToken.START_OBJECT) {
          int start = (int) parser.currentTokenLocation().getCharOffset();
          parser.skipChildren();
          texts.add(page.substring(start, (int) parser.currentLocation().getCharOffset()));
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      throw new IllegalStateException("it was read a moment ago", e);
    }
    return texts;
  }
}
