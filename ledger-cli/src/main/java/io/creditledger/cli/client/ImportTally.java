package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of the lines of a file; tells of each refused one as soon as it is known. */
final class ImportTally {

  private static final String UNREADABLE = "LINE_UNREADABLE";

  private final PrintWriter err;
  private final ArrayNode refusals = LedgerClient.MAPPER.createArrayNode();
  private final Map<String, Long> codes = new TreeMap<>();
  private long accepted;
  private long duplicate;

  ImportTally(PrintWriter err) {
    this.err = err;
  }

  /** Counts an outcome, if it is a final one. */
  boolean taken(String outcome) {
    switch (outcome) {
      case "accepted" -> accepted++;
      case "duplicate" -> duplicate++;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A line that the ledger refused. */
  void refused(long line, String id, JsonNode problem) {
    ObjectNode refusal = refusal(line, problem.path("code").asText());
    refusal.put("id", id).put("detail", problem.path("detail").asText());
    if (problem.has("field")) {
      refusal.set("field", problem.path("field"));
    }
    tell(line, Problems.describe(problem));
  }

  /** A line that no event could be made of. */
  void unreadable(long line, String detail) {
    refusal(line, UNREADABLE).put("detail", detail);
    tell(line, UNREADABLE + ": " + detail);
  }

  private ObjectNode refusal(long line, String code) {
    codes.merge(code, 1L, Long::sum);
    return refusals.addObject().put("line", line).put("code", code);
  }

  private void tell(long line, String problem) {
    err.println("line " + line + ": " + problem);
    err.flush();
  }

  long lines() {
    return accepted + duplicate + refused();
  }

  long refused() {
    return refusals.size();
  }

  /** All of it, for programs. */
  String json() {
    ObjectNode json = LedgerClient.MAPPER.createObjectNode();
    json.put("lines", lines())
        .put("accepted", accepted)
        .put("duplicate", duplicate)
        .put("rejected", refused());
    json.set("refusals", refusals);
    return json.toString();
  }

  /** The counts in a sentence. */
  String summary(String file) {
    String reasons =
        codes.entrySet().stream()
            .map(code -> code.getKey() + " " + number(code.getValue()))
            .collect(Collectors.joining(", "));
    return file
        + ": "
        + number(lines())
        + " lines, "
        + counts()
        + (reasons.isEmpty() ? "" : " (" + reasons + ")");
  }

  /** The counts alone. */
  String counts() {
    return number(accepted)
        + " accepted, "
        + number(duplicate)
        + " duplicate, "
        + number(refused())
        + " rejected";
  }

  /** What may help, where the reason is a likely one. */
  Optional<String> hint(boolean shifted) {
    if (codes.containsKey("TOO_OLD") && !shifted) {
      return Optional.of("To try old data out, move its times with --shift-to-now.");
    }
    if (codes.containsKey("ID_REUSED")) {
      return Optional.of(
          "These lines were imported before with other content: another "
              + (shifted ? "--shift-to, another file of this name" : "file of this name")
              + ", or another --map.");
    }
    return Optional.empty();
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
