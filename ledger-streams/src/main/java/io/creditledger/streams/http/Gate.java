package io.creditledger.streams.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Lets requests through to a handler until it is shut.
 *
 * <p>The web server has a timer for idle connections that goes on when the server has stopped, and
 * holds on to its routing (<a href="https://github.com/helidon-io/helidon/issues/11939">Helidon
 * 11939</a>, there in 4.5.0). Through an open gate that would be the whole ledger, with its stores
 * and clients, for as long as the process lives.
 */
final class Gate implements Handler {

  private volatile Handler behind;

  Gate(Handler behind) {
    this.behind = behind;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws Exception {
    behind.handle(request, response);
  }

  /** Lets go of the handler; a request that comes yet is answered with 503. */
  void shut() {
    behind = Gate::unavailable;
  }

  private static void unavailable(ServerRequest request, ServerResponse response) {
    response.status(Status.SERVICE_UNAVAILABLE_503).send();
  }
}
