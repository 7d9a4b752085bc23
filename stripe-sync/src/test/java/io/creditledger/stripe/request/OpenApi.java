package io.creditledger.stripe.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.creditledger.stripe.simulator.http.FormBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A description of Stripe's API, and what it has against a request. Objects whose fields it lists
 * may have no others, as Stripe has it.
 */
public final class OpenApi {

  /** Where the description lies, beside this project in a folder of some parent. */
  private static final Path FILE = Path.of("shared", "stripe", "billing-openapi-excerpt.json");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final JsonNode paths;

  private OpenApi(JsonNode root) {
    this.paths = root.path("paths");
  }

  /** The description, if it lies where it is looked for. */
  public static Optional<OpenApi> find() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve(FILE);
      if (Files.isReadable(file)) {
        try {
          return Optional.of(new OpenApi(JSON.readTree(file.toFile())));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether it describes this kind of request at all. */
  public boolean describes(MadeRequest request) {
    return operation(request).isPresent();
  }

  /** What is wrong with a request, in words; empty if nothing is, or it is not described. */
  public List<String> problems(MadeRequest request) {
    return operation(request).map(operation -> problems(operation, request)).orElse(List.of());
  }

  private List<String> problems(JsonNode operation, MadeRequest request) {
    JsonNode content = operation.path("requestBody").path("content");
    if (request.method().equals("GET")) {
      ObjectNode schema = FormSchema.ofQuery(operation.path("parameters"));
      return validate(schema, FormSchema.typed(schema, FormBody.parse(request.query())));
    }
    String type = request.contentType().replaceAll(";.*", "");
    if (content.isEmpty()) {
      // The client of Stripe sends an empty object where its second API wants nothing.
      return request.body().isEmpty() || request.body().equals("{}")
          ? List.of()
          : List.of("a body where there is none");
    }
    if (!content.has(type) && !request.body().isEmpty()) {
      return List.of("a body of type " + type);
    }
    JsonNode schema = FormSchema.closed(content.properties().iterator().next().getValue());
    return validate(
        schema,
        type.equals("application/json")
            ? json(request.body())
            : FormSchema.typed(schema, FormBody.parse(request.body())));
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> validate(JsonNode schema, JsonNode value) {
    return SCHEMAS.getSchema(schema).validate(value).stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private Optional<JsonNode> operation(MadeRequest request) {
    String method = request.method().toLowerCase(java.util.Locale.ROOT);
    return paths.properties().stream()
        .filter(path -> request.path().matches(path.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
        .filter(path -> path.getValue().has(method))
        .map(path -> path.getValue().get(method))
        .findFirst();
  }
}
