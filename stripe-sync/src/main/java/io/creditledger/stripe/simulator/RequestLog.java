package io.creditledger.stripe.simulator;

import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.http.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The latest requests, and how many there were of each kind. Keeps no keys and no bodies. */
final class RequestLog {

  private static final int REMEMBERED = 10_000;

  private final Deque<SeenRequest> latest = new ArrayDeque<>();
  private final Map<String, Long> counts = new TreeMap<>();

  synchronized void add(
      Gateway.Incoming request, String id, Optional<Fault> fault, Optional<Answer> answer) {
    int status = answer.map(Answer::status).orElse(0);
    latest.addLast(
        new SeenRequest(
            id,
            request.method(),
            request.path(),
            request.header("Idempotency-Key"),
            fault.map(Fault::kind),
            status,
            answer.map(given -> given.headers().containsKey("Idempotent-Replayed")).orElse(false)));
    if (latest.size() > REMEMBERED) {
      latest.removeFirst();
    }
    counts.merge(request.method() + " " + family(request.path()) + " " + status, 1L, Long::sum);
  }

  /** The path with what looks like an id taken out. */
  private static String family(String path) {
    return path.replaceAll("/[a-z_]+_[A-Za-z0-9]*\\d[A-Za-z0-9]*", "/{id}");
  }

  synchronized List<SeenRequest> latest() {
    return new ArrayList<>(latest);
  }

  synchronized Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }
}
