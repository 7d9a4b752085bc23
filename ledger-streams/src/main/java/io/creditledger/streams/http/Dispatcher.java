package io.creditledger.streams.http;

import io.creditledger.streams.query.LedgerUnavailableException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request passes here: it is let in, routed, answered, counted, and whatever is thrown on the
 * way becomes a problem document.
 */
final class Dispatcher implements Handler {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Header NO_SNIFFING =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Json.MEDIA_TYPE);

  private final Router router;
  private final HttpSettings settings;
  private final RequestMetrics metrics;

  Dispatcher(Router router, HttpSettings settings, RequestMetrics metrics) {
    this.router = router;
    this.settings = settings;
    this.metrics = metrics;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long started = System.nanoTime();
    String method = request.prologue().method().text();
    String template = RequestMetrics.NO_ROUTE;
    Reply reply;
    try {
      Router.Match match =
          router.find(method.equals("HEAD") ? "GET" : method, Request.rawPath(request));
      template = match.route().template();
      reply = answer(match, request);
    } catch (Router.NotAllowed e) {
      reply = notAllowed(method, request, e);
    } catch (ProblemException e) {
      reply = e.problem().reply(instance(request));
    } catch (LedgerUnavailableException e) {
      reply = Problem.of(ErrorCode.UNAVAILABLE, e.getMessage()).reply(instance(request));
    } catch (RuntimeException e) {
      reply = broken(method, request, e);
    }
    send(reply, method, response);
    metrics.record(method, template, reply.status(), System.nanoTime() - started);
  }

  private Reply answer(Router.Match match, ServerRequest request) {
    Route route = match.route();
    if (route.template().startsWith("/v1/")
        && !settings.keys().admit(request.headers().first(HeaderNames.AUTHORIZATION))) {
      throw Problem.of(ErrorCode.UNAUTHORIZED, "Authorization", "no key, or an unknown one")
          .exception();
    }
    if (request.headers().contains(HeaderNames.ACCEPT)) {
      checkAccepted(request.headers().values(HeaderNames.ACCEPT), route.produces());
    }
    return route.endpoint().answer(new Request(request, match, settings.bodyBytesMax()));
  }

  private static void checkAccepted(List<String> accept, List<String> produces) {
    if (Accept.best(accept, produces).isEmpty()) {
      throw Problem.of(
              ErrorCode.NOT_ACCEPTABLE, "Accept", "this is only " + String.join(", ", produces))
          .exception();
    }
  }

  private static Reply notAllowed(String method, ServerRequest request, Router.NotAllowed e) {
    if (method.equals("OPTIONS")) {
      return Reply.empty(204).with("Allow", e.allow());
    }
    return Problem.of(ErrorCode.METHOD_NOT_ALLOWED, method + " is not for this path")
        .reply(instance(request))
        .with("Allow", e.allow());
  }

  private static Reply broken(String method, ServerRequest request, RuntimeException cause) {
    String id = "urn:uuid:" + UUID.randomUUID();
    LOG.error("{} {} failed, {}", method, Request.rawPath(request), id, cause);
    return Problem.of(ErrorCode.INTERNAL, "the service failed; its log tells more under " + id)
        .reply(id);
  }

  private static String instance(ServerRequest request) {
    return Percent.encodeRest(Request.rawPath(request));
  }

  private static void send(Reply reply, String method, ServerResponse response) {
    response.status(reply.status());
    response.headers().set(NO_SNIFFING);
    if (reply.mediaType().equals(Json.MEDIA_TYPE)) {
      response.headers().set(JSON);
    } else if (!reply.mediaType().isEmpty()) {
      response.headers().set(HeaderNames.CONTENT_TYPE, reply.mediaType());
    }
    for (Reply.Field field : reply.headers()) {
      response.headers().set(HeaderNames.create(field.name()), field.value());
    }
    if (method.equals("HEAD") || reply.body().length == 0) {
      response.send();
    } else {
      response.send(reply.body());
    }
  }
}
