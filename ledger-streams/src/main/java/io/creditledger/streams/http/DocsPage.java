package io.creditledger.streams.http;

import io.creditledger.core.account.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The description as one page: written out here, so that it reads without scripts too. */
final class DocsPage {

  private final OpenApi api;
  private final SchemaText schemas;

  DocsPage(OpenApi api) {
    this.api = api;
    this.schemas = new SchemaText(api);
  }

  String html() {
    Map<String, Object> info = OpenApi.map(api.tree().get("info"));
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", Html.escaped(info.get("title")));
    parts.put("version", Html.escaped(info.get("version")));
    parts.put("introduction", Html.prose(info.get("description")));
    parts.put("contents", contents());
    parts.put("operations", operations());
    parts.put("codes", codes());
    parts.put("schemas", allSchemas());
    String page = OpenApi.resource("docs.html");
    for (Map.Entry<String, String> part : parts.entrySet()) {
      page = page.replace("{{" + part.getKey() + "}}", part.getValue());
    }
    return page;
  }

  private Stream<Map<String, Object>> tags() {
    return OpenApi.list(api.tree().get("tags")).stream().map(OpenApi::map);
  }

  private List<OpenApi.Operation> tagged(Object tag) {
    return api.operations().stream()
        .filter(operation -> OpenApi.list(operation.tree().get("tags")).contains(tag))
        .toList();
  }

  private String contents() {
    StringBuilder html = new StringBuilder();
    tags()
        .forEach(
            tag -> {
              html.append("<h2>").append(Html.escaped(tag.get("name"))).append("</h2>\n");
              for (OpenApi.Operation operation : tagged(tag.get("name"))) {
                html.append(link("#" + operation.id(), operation.summary()));
              }
            });
    return html.append("<h2>Reference</h2>\n")
        .append(link("#codes", "Problem codes"))
        .append(link("#schemas", "Schemas"))
        .toString();
  }

  private static String link(String href, String text) {
    return "<a href=\"" + Html.escaped(href) + "\">" + Html.escaped(text) + "</a>\n";
  }

  private String operations() {
    StringBuilder html = new StringBuilder();
    tags()
        .forEach(
            tag -> {
              html.append("<h2>").append(Html.escaped(tag.get("name"))).append("</h2>\n");
              html.append(Html.prose(tag.get("description")));
              tagged(tag.get("name")).forEach(operation -> html.append(article(operation)));
            });
    return html.toString();
  }

  private String article(OpenApi.Operation operation) {
    return "<article id=\""
        + Html.escaped(operation.id())
        + "\"><header><span class=\"method "
        + operation.method()
        + "\">"
        + operation.method()
        + "</span><h3><code>"
        + Html.escaped(operation.path())
        + "</code></h3><span>"
        + Html.escaped(operation.summary())
        + "</span></header>\n"
        + Html.prose(operation.tree().get("description"))
        + parameters(operation)
        + body(operation)
        + responses(operation)
        + new TryForm(api, operation).html()
        + "</article>\n";
  }

  private String parameters(OpenApi.Operation operation) {
    List<Map<String, Object>> parameters =
        OpenApi.list(operation.tree().get("parameters")).stream().map(api::resolved).toList();
    if (parameters.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<h4>Parameters</h4><table>");
    for (Map<String, Object> parameter : parameters) {
      html.append("<tr><td><code>")
          .append(Html.escaped(parameter.get("name")))
          .append("</code> <span class=\"faint\">")
          .append(Html.escaped(parameter.get("in")))
          .append("</span>")
          .append(Boolean.TRUE.equals(parameter.get("required")) ? Html.REQUIRED : "")
          .append("</td><td>")
          .append(schemas.inline(parameter.get("schema")))
          .append("</td><td>")
          .append(Html.prose(parameter.get("description")))
          .append("</td></tr>");
    }
    return html.append("</table>\n").toString();
  }

  private String body(OpenApi.Operation operation) {
    Map<String, Object> content =
        OpenApi.map(OpenApi.map(operation.tree().get("requestBody")).get("content"));
    return content.isEmpty() ? "" : "<h4>Body</h4>" + media(content);
  }

  private String responses(OpenApi.Operation operation) {
    StringBuilder html = new StringBuilder("<h4>Answers</h4><table>");
    OpenApi.map(operation.tree().get("responses"))
        .forEach(
            (status, node) -> {
              Map<String, Object> response = api.resolved(node);
              html.append("<tr><td><code>")
                  .append(Html.escaped(status))
                  .append("</code></td><td>")
                  .append(Html.prose(response.get("description")))
                  .append(media(OpenApi.map(response.get("content"))))
                  .append("</td></tr>");
            });
    return html.append("</table>\n").toString();
  }

  private String media(Map<String, Object> content) {
    StringBuilder html = new StringBuilder();
    content.forEach(
        (type, node) -> {
          Map<String, Object> media = OpenApi.map(node);
          html.append("<div><code>")
              .append(Html.escaped(type))
              .append("</code> ")
              .append(schemas.inline(media.get("schema")))
              .append("</div>");
          if (media.containsKey("example")) {
            html.append("<pre>")
                .append(Html.escaped(Example.text(media.get("example"), type)))
                .append("</pre>");
          }
        });
    return html.toString();
  }

  private String codes() {
    Stream<String> own =
        Stream.of(ErrorCode.values()).map(code -> row(code.name(), code.status(), code.remedy()));
    Stream<String> ledgers =
        Stream.of(Reason.values())
            .map(reason -> row(reason.name(), Refusals.status(reason), reason.remedy()));
    return "<table><tr><th>Code</th><th>Status</th><th>Remedy</th></tr>"
        + Stream.concat(ledgers, own).collect(Collectors.joining("\n"))
        + "</table>\n";
  }

  private static String row(String code, int status, String remedy) {
    return "<tr id=\""
        + code
        + "\"><td><code>"
        + code
        + "</code></td><td>"
        + status
        + "</td><td>"
        + Html.escaped(remedy)
        + "</td></tr>";
  }

  private String allSchemas() {
    StringBuilder html = new StringBuilder();
    OpenApi.map(OpenApi.map(api.tree().get("components")).get("schemas"))
        .forEach(
            (name, schema) ->
                html.append("<article id=\"schema-")
                    .append(Html.escaped(name))
                    .append("\"><h3>")
                    .append(Html.escaped(name))
                    .append("</h3>")
                    .append(schemas.full(schema))
                    .append("</article>\n"));
    return html.toString();
  }
}
