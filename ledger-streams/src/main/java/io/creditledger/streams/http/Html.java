package io.creditledger.streams.http;

/** Text for a page, safe to stand anywhere in it. */
final class Html {

  static final String REQUIRED = " <span class=\"need\">required</span>";

  private Html() {}

  /** The text of a value; nothing if it is null. */
  static String escaped(Object value) {
    if (value == null) {
      return "";
    }
    return value
        .toString()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Paragraphs, with code and emphasis as Markdown marks them; nothing if the value is null. */
  static String prose(Object value) {
    if (value == null) {
      return "";
    }
    StringBuilder html = new StringBuilder();
    for (String paragraph : value.toString().strip().split("\n\\s*\n", -1)) {
      html.append("<p>")
          .append(
              escaped(paragraph)
                  .replaceAll("`([^`]+)`", "<code>$1</code>")
                  .replaceAll("\\*\\*([^*]+)\\*\\*", "<strong>$1</strong>"))
          .append("</p>");
    }
    return html.toString();
  }
}
