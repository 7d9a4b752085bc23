package io.creditledger.core.scenario;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes a part of a file as JSON, with sorted keys and every number as it stands there. */
final class FileText {

  private static final int DEPTH_MAX = 50;
  private static final Pattern JSON_WORD =
      Pattern.compile("true|false|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final StringBuilder out = new StringBuilder();

  private FileText() {}

  static String json(FilePart part) {
    FileText text = new FileText();
    text.append(part, 0);
    return text.out.toString();
  }

  private void append(FilePart part, int depth) {
    if (depth > DEPTH_MAX) {
      throw part.problem("is nested deeper than " + DEPTH_MAX + " levels");
    }
    if (part.isMapping()) {
      String separator = "{";
      Map<String, FilePart> sorted = new TreeMap<>(part.fields());
      for (Map.Entry<String, FilePart> field : sorted.entrySet()) {
        out.append(separator);
        appendText(field.getKey());
        out.append(':');
        append(field.getValue(), depth + 1);
        separator = ",";
      }
      out.append(sorted.isEmpty() ? "{}" : "}");
    } else if (part.isList()) {
      String separator = "[";
      for (FilePart item : part.items()) {
        out.append(separator);
        append(item, depth + 1);
        separator = ",";
      }
      out.append(part.items().isEmpty() ? "[]" : "]");
    } else if (part.isNull()) {
      out.append("null");
    } else if (part.isUnquoted() && JSON_WORD.matcher(part.text()).matches()) {
      out.append(part.text());
    } else {
      appendText(part.text());
    }
  }

  private void appendText(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
