package io.creditledger.streams.http;

import java.util.List;
import java.util.Map;

/** A form that sends one operation's request to the instance that served the page. */
final class TryForm {

  private final OpenApi api;
  private final OpenApi.Operation operation;

  TryForm(OpenApi api, OpenApi.Operation operation) {
    this.api = api;
    this.operation = operation;
  }

  String html() {
    StringBuilder html =
        new StringBuilder("<details><summary>Try it</summary><form data-method=\"")
            .append(operation.method())
            .append("\" data-path=\"")
            .append(Html.escaped(operation.path()))
            .append("\">");
    for (Object parameter : OpenApi.list(operation.tree().get("parameters"))) {
      html.append(input(api.resolved(parameter)));
    }
    Map<String, Object> content =
        OpenApi.map(OpenApi.map(operation.tree().get("requestBody")).get("content"));
    if (!content.isEmpty()) {
      html.append(body(content));
    }
    return html.append("<button>Send</button><output></output></form></details>").toString();
  }

  private static String input(Map<String, Object> parameter) {
    boolean required = Boolean.TRUE.equals(parameter.get("required"));
    String name = Html.escaped(parameter.get("name"));
    return "<label><code>"
        + name
        + "</code><input name=\""
        + name
        + "\" data-in=\""
        + Html.escaped(parameter.get("in"))
        + "\" value=\""
        + (required ? Html.escaped(parameter.get("example")) : "")
        + "\""
        + (required ? " required" : "")
        + "></label>";
  }

  private static String body(Map<String, Object> content) {
    StringBuilder html =
        new StringBuilder("<label><code>Content-Type</code><select name=\"type\">");
    content.forEach(
        (type, node) ->
            html.append("<option data-example=\"")
                .append(Html.escaped(example(type, node)))
                .append("\">")
                .append(Html.escaped(type))
                .append("</option>"));
    Map.Entry<String, Object> first = List.copyOf(content.entrySet()).get(0);
    return html.append("</select></label><textarea aria-label=\"Body\" spellcheck=\"false\">")
        .append(Html.escaped(example(first.getKey(), first.getValue())))
        .append("</textarea>")
        .toString();
  }

  private static String example(String type, Object node) {
    Object example = OpenApi.map(node).get("example");
    return example == null ? "" : Example.text(example, type);
  }
}
