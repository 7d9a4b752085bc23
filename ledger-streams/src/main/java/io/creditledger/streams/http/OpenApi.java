package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API's description, as it lies in the jar. */
final class OpenApi {

  private static final String RESOURCE = "openapi.yaml";
  private static final List<String> METHODS = List.of("get", "put", "patch", "post");

  private final String yaml;
  private final Map<String, Object> tree;

  /** One method on one path. */
  record Operation(String method, String path, Map<String, Object> tree) {

    String id() {
      return (String) tree.get("operationId");
    }

    String summary() {
      return (String) tree.get("summary");
    }
  }

  private OpenApi(String yaml) {
    this.yaml = yaml;
    this.tree = map(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  static OpenApi load() {
    return new OpenApi(resource(RESOURCE));
  }

  /** A text beside this class, or under {@code /}. */
  static String resource(String name) {
    try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar's " + name + " cannot be read", e);
    }
  }

  String yaml() {
    return yaml;
  }

  String json() {
    try {
      return new ObjectMapper().writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(RESOURCE + " is no JSON", e);
    }
  }

  Map<String, Object> tree() {
    return tree;
  }

  /** All operations in the order of the file. */
  List<Operation> operations() {
    return map(tree.get("paths")).entrySet().stream()
        .flatMap(
            path ->
                map(path.getValue()).entrySet().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .map(
                        method ->
                            new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                map(method.getValue()))))
        .toList();
  }

  /** What stands there, or what its {@code $ref} leads to. */
  Map<String, Object> resolved(Object node) {
    Map<String, Object> here = map(node);
    if (!(here.get("$ref") instanceof String reference)) {
      return here;
    }
    Object target = tree;
    for (String step : reference.substring("#/".length()).split("/", -1)) {
      target =
          Optional.ofNullable(map(target).get(step))
              .orElseThrow(() -> new IllegalStateException("nothing is at " + reference));
    }
    return resolved(target);
  }

  /** An object of the description; empty if there is none. */
  static Map<String, Object> map(Object node) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> fields.put(String.valueOf(key), value));
    }
    return fields;
  }

  /** A list of the description; empty if there is none. */
  static List<?> list(Object node) {
    return node instanceof List<?> list ? list : List.of();
  }
}
