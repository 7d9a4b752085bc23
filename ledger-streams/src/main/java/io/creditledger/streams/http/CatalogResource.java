package io.creditledger.streams.http;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.CatalogJson;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.yaml.YamlException;
import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.query.LedgerUnavailableException;
import io.helidon.http.HeaderNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is sold: the one catalog in force. */
final class CatalogResource {

  private static final String YAML = "application/yaml";

  private final LedgerAccess ledger;
  private final HttpSettings settings;

  CatalogResource(LedgerAccess ledger, HttpSettings settings) {
    this.ledger = ledger;
    this.settings = settings;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/catalog", this::show).producing(Json.MEDIA_TYPE, YAML),
        Route.put("/v1/catalog", this::replace));
  }

  private Reply show(Request request) {
    request.query();
    Catalog catalog = ledger.catalog();
    boolean yaml =
        Accept.best(request.headers().values(HeaderNames.ACCEPT), List.of(Json.MEDIA_TYPE, YAML))
            .filter(YAML::equals)
            .isPresent();
    String tag = "\"" + catalog.version() + (yaml ? "-yaml" : "") + "\"";
    Optional<String> known = request.header(HeaderNames.IF_NONE_MATCH);
    Reply reply =
        known.isPresent() && known.get().equals(tag)
            ? Reply.empty(304)
            : yaml
                ? text(YAML, BlockYaml.ofJson(CatalogJson.withVersion(catalog)))
                : text(Json.MEDIA_TYPE, CatalogJson.withVersion(catalog));
    return reply.with("ETag", tag).with("Vary", "Accept");
  }

  private static Reply text(String mediaType, String text) {
    return Reply.of(200, mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  private Reply replace(Request request) {
    request.query();
    request.mustBe(YAML, Json.MEDIA_TYPE, "application/x-yaml", "text/yaml", "text/x-yaml");
    Catalog catalog;
    try {
      catalog = CatalogYaml.parse("body", utf8(request.body()));
    } catch (YamlException e) {
      return refused(e, Percent.encodeRest(request.rawPath()));
    }
    publish(catalog);
    return Reply.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringField("version", catalog.version());
          json.writeNumberField("units", catalog.units().size());
          json.writeNumberField("meters", catalog.meters().size());
          json.writeNumberField("plans", catalog.plans().size());
          json.writeEndObject();
        });
  }

  private static String utf8(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.of(Reason.UNREADABLE, Optional.empty(), "the body is not UTF-8").exception();
    }
  }

  private static Reply refused(YamlException cause, String instance) {
    return Problem.of(ErrorCode.CATALOG_INVALID, detail(cause.problems()))
        .reply(
            instance,
            json -> {
              json.writeArrayFieldStart("errors");
              for (YamlException.Problem found : cause.problems()) {
                json.writeStartObject();
                json.writeNumberField("line", found.line());
                json.writeNumberField("column", found.column());
                json.writeStringField("field", found.field());
                json.writeStringField("detail", found.message());
                json.writeEndObject();
              }
              json.writeEndArray();
            });
  }

  private static String detail(List<YamlException.Problem> problems) {
    String first = problems.get(0).toString();
    return problems.size() == 1 ? first : first + ", and " + (problems.size() - 1) + " more";
  }

  private void publish(Catalog catalog) {
    try {
      ledger
          .publish(catalog)
          .toCompletableFuture()
          .get(settings.writeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new LedgerUnavailableException(
          "the catalog may not be in force yet; put it again: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("the service is stopping");
    }
  }
}
