package io.creditledger.streams.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/** Answers what never became a request, such as a broken request line, with a problem document. */
final class ProblemHandler implements DirectHandler {

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType eventType,
      Status responseStatus,
      ServerResponseHeaders headers,
      String message) {
    ErrorCode code =
        switch (eventType) {
          case PAYLOAD_TOO_LARGE -> ErrorCode.BODY_TOO_LARGE;
          case INTERNAL_ERROR -> ErrorCode.INTERNAL;
          case BAD_REQUEST, FORBIDDEN, HTTP_VERSION_NOT_SUPPORTED, OTHER ->
              responseStatus.code() == 503 ? ErrorCode.UNAVAILABLE : ErrorCode.REQUEST_INVALID;
        };
    Problem problem = Problem.of(code, "the request line, a header or the body is not HTTP/1.1");
    return TransportResponse.builder()
        .status(Status.create(problem.status()))
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .keepAlive(false)
        .entity(problem.reply("about:blank").body())
        .build();
  }
}
