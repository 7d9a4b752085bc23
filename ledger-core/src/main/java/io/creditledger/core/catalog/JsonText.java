package io.creditledger.core.catalog;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a tree of maps, lists, texts and whole numbers as compact JSON with sorted keys.
 *
 * <p>By hand, because the version of every catalog ever published hangs on each byte of it, and
 * because the text must also be YAML, which takes fewer characters unescaped than JSON does.
 */
final class JsonText {

  private final StringBuilder out = new StringBuilder(1024);

  private JsonText() {}

  static String write(Map<String, Object> tree) {
    JsonText text = new JsonText();
    text.append(tree);
    return text.out.toString();
  }

  private void append(Object node) {
    switch (node) {
      case Map<?, ?> fields -> appendFields(fields);
      case List<?> items -> appendItems(items);
      case String text -> appendText(text);
      case Integer number -> out.append(number.intValue());
      default -> throw new IllegalStateException("no JSON for " + node.getClass());
    }
  }

  private void appendFields(Map<?, ?> fields) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> field : new TreeMap<>(fields).entrySet()) {
      out.append(separator);
      append(field.getKey());
      out.append(':');
      append(field.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private void appendItems(List<?> items) {
    out.append('[');
    String separator = "";
    for (Object item : items) {
      out.append(separator);
      append(item);
      separator = ",";
    }
    out.append(']');
  }

  private void appendText(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (isLiteral(c)) {
        out.append(c);
      } else {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    out.append('"');
  }

  /** Printable in YAML as it stands, and no line break in any of its versions. */
  private static boolean isLiteral(char c) {
    return !Character.isISOControl(c)
        && c != '\u2028'
        && c != '\u2029'
        && c != '\ufeff'
        && c < '\ufffe';
  }
}
