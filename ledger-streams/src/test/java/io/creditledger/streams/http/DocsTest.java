package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Reason;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The description says what the service does: no more, and no less. */
class DocsTest {

  private static ApiFixture fixture;
  private final OpenApi api = OpenApi.load();

  @BeforeAll
  static void start() {
    fixture = new ApiFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionRouted() {
    Set<String> routed =
        fixture.api.routes().stream()
            .map(route -> route.method() + " " + route.template())
            .collect(Collectors.toSet());
    Set<String> described =
        api.operations().stream()
            .map(operation -> operation.method() + " " + operation.path())
            .collect(Collectors.toSet());

    assertThat(described).isEqualTo(routed);
  }

  @Test
  void everyCodeIsDescribed() {
    assertThat(codes("LedgerCode"))
        .containsExactlyElementsOf(Stream.of(Reason.values()).map(Reason::name).toList());
    assertThat(codes("RequestCode"))
        .containsExactlyElementsOf(Stream.of(ErrorCode.values()).map(ErrorCode::name).toList());
    assertThat(Stream.of(ErrorCode.values()).map(ErrorCode::name))
        .doesNotContainAnyElementsOf(Stream.of(Reason.values()).map(Reason::name).toList());
  }

  private Iterable<String> codes(String schema) {
    Object components = api.tree().get("components");
    Object schemas = OpenApi.map(components).get("schemas");
    Object values = OpenApi.map(OpenApi.map(schemas).get(schema)).get("enum");
    return OpenApi.list(values).stream().map(String::valueOf).toList();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    follow(api.tree());
  }

  private void follow(Object node) {
    if (node instanceof Iterable<?> items) {
      items.forEach(this::follow);
    } else if (node instanceof java.util.Map<?, ?> map) {
      if (map.get("$ref") instanceof String) {
        assertThat(api.resolved(map)).as(map.toString()).isNotEmpty();
      }
      map.values().forEach(this::follow);
    }
  }

  @Test
  void everyNamedParameterStandsInItsPath() {
    for (OpenApi.Operation operation : api.operations()) {
      OpenApi.list(operation.tree().get("parameters")).stream()
          .map(api::resolved)
          .filter(parameter -> "path".equals(parameter.get("in")))
          .forEach(
              parameter ->
                  assertThat(operation.path()).contains("{" + parameter.get("name") + "}"));
    }
  }

  @Test
  void thePageHasEveryOperationAndNeedsNothingElse() {
    String page = fixture.client.get("/docs").text();

    for (OpenApi.Operation operation : api.operations()) {
      assertThat(page)
          .contains("id=\"" + operation.id() + "\"")
          .contains(Html.escaped(operation.summary()));
    }
    assertThat(page)
        .contains("id=\"INSUFFICIENT_CREDITS\"")
        .contains("id=\"schema-Balance\"")
        .doesNotContain("{{")
        .doesNotContain("http://")
        .doesNotContain("https://");
  }

  @Test
  void theDescriptionIsServedAsItIs() {
    assertThat(fixture.client.get("/openapi.yaml").text()).isEqualTo(api.yaml());
    assertThat(fixture.client.get("/openapi.json").json().path("openapi").asText())
        .isEqualTo("3.1.0");
  }
}
