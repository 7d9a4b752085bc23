package io.creditledger.streams.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Schemas in words and tables. */
final class SchemaText {

  private static final String PREFIX = "#/components/schemas/";

  private final OpenApi api;

  SchemaText(OpenApi api) {
    this.api = api;
  }

  /** A schema in a few words, with links to those that have a name. */
  String inline(Object node) {
    Map<String, Object> schema = OpenApi.map(node);
    if (schema.get("$ref") instanceof String reference && reference.startsWith(PREFIX)) {
      String name = Html.escaped(reference.substring(PREFIX.length()));
      return "<a href=\"#schema-" + name + "\">" + name + "</a>";
    }
    for (String kind : List.of("oneOf", "allOf")) {
      if (schema.containsKey(kind)) {
        return OpenApi.list(schema.get(kind)).stream()
            .map(this::inline)
            .collect(Collectors.joining(kind.equals("oneOf") ? " or " : " and "));
      }
    }
    if ("array".equals(schema.get("type"))) {
      return "array of " + inline(schema.get("items"));
    }
    return plain(schema);
  }

  private static String plain(Map<String, Object> schema) {
    StringBuilder text = new StringBuilder(type(schema));
    if (schema.containsKey("enum")) {
      text.append(": ")
          .append(
              OpenApi.list(schema.get("enum")).stream()
                  .map(value -> "<code>" + Html.escaped(value) + "</code>")
                  .collect(Collectors.joining(", ")));
    }
    for (String bound :
        List.of("const", "default", "minimum", "maximum", "maxLength", "format", "pattern")) {
      if (schema.containsKey(bound)) {
        text.append(" <span class=\"faint\">")
            .append(bound)
            .append(' ')
            .append(Html.escaped(schema.get(bound)))
            .append("</span>");
      }
    }
    return text.toString();
  }

  private static String type(Map<String, Object> schema) {
    Object type = schema.get("type");
    return type instanceof List<?> several
        ? several.stream().map(Html::escaped).collect(Collectors.joining(" or "))
        : Html.escaped(type);
  }

  /** A schema with its description and a table of its fields. */
  String full(Object node) {
    Map<String, Object> schema = OpenApi.map(node);
    StringBuilder html = new StringBuilder(Html.prose(schema.get("description")));
    if (schema.containsKey("allOf")) {
      OpenApi.list(schema.get("allOf"))
          .forEach(
              part ->
                  html.append(
                      OpenApi.map(part).containsKey("$ref")
                          ? "<p>All of " + inline(part) + ", and:</p>"
                          : full(part)));
    } else if (schema.containsKey("properties")) {
      html.append(fields(schema));
    } else {
      html.append("<p>").append(inline(node)).append("</p>");
    }
    return html.toString();
  }

  private String fields(Map<String, Object> schema) {
    List<?> required = OpenApi.list(schema.get("required"));
    StringBuilder html = new StringBuilder("<table>");
    OpenApi.map(schema.get("properties"))
        .forEach(
            (name, node) ->
                html.append("<tr><td><code>")
                    .append(Html.escaped(name))
                    .append("</code>")
                    .append(required.contains(name) ? Html.REQUIRED : "")
                    .append("</td><td>")
                    .append(inline(node))
                    .append("</td><td>")
                    .append(Html.prose(describing(node)))
                    .append("</td></tr>"));
    return html.append("</table>").toString();
  }

  private Object describing(Object node) {
    Map<String, Object> schema = OpenApi.map(node);
    Object own = schema.get("description");
    return own != null ? own : api.resolved(node).get("description");
  }
}
