package io.creditledger.streams.http;

import java.util.Optional;

/**
 * What became of one event that was to be written.
 *
 * @param status of the answer, if it is the only event of its request
 * @param problem absent: it was taken
 * @param fields what is known of it, to be written into an open object
 */
record Written(int status, Optional<Problem> problem, Json.Fields fields) {

  static Written done(int status, Json.Fields fields) {
    return new Written(status, Optional.empty(), fields);
  }

  static Written refused(Problem problem, Json.Fields fields) {
    return new Written(problem.status(), Optional.of(problem), fields);
  }

  /** The answer to a request with this one event. */
  Reply reply(String instance) {
    return problem.isPresent()
        ? problem.get().reply(instance, fields)
        : Reply.json(
            status,
            json -> {
              json.writeStartObject();
              fields.write(json);
              json.writeEndObject();
            });
  }
}
