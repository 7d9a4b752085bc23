package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.streams.projection.ProjectionStatus;
import io.creditledger.streams.projection.RebuildStatus;
import io.creditledger.streams.projection.StatementAccess;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the projection of the journal into the database goes, and making it anew. */
final class ProjectionResource {

  private final Statement statement;

  ProjectionResource(Statement statement) {
    this.statement = statement;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/projection", this::status),
        Route.post("/v1/projection/rebuild", this::rebuild));
  }

  private Reply status(Request request) {
    request.query();
    return reply(200);
  }

  private Reply rebuild(Request request) {
    request.query();
    if (!statement.ask(StatementAccess::rebuild)) {
      throw Problem.of(ErrorCode.REBUILD_RUNNING, "the projection is being rebuilt").exception();
    }
    return reply(202);
  }

  private Reply reply(int status) {
    ProjectionStatus now = statement.ask(StatementAccess::status);
    return Reply.json(status, json -> write(json, now)).with("Cache-Control", "no-store");
  }

  private static void write(JsonGenerator json, ProjectionStatus status) throws IOException {
    json.writeStartObject();
    json.writeStringField("schema", status.schema());
    json.writeStringField("state", status.projector().state().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("behind", status.projector().behind());
    json.writeStringField("detail", status.projector().detail());
    Optional<RebuildStatus> rebuild = status.rebuild();
    if (rebuild.isEmpty()) {
      json.writeNullField("rebuild");
    } else {
      json.writeObjectFieldStart("rebuild");
      json.writeStringField("state", rebuild.get().state().wireName());
      json.writeStringField("began_at", rebuild.get().beganAt().toString());
      Json.writeTime(json, "ended_at", rebuild.get().endedAt());
      json.writeNumberField("entries", rebuild.get().entries());
      json.writeNumberField("behind", rebuild.get().behind());
      json.writeStringField("detail", rebuild.get().detail());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
