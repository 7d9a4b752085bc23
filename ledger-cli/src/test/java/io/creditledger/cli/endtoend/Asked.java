package io.creditledger.cli.endtoend;

import io.creditledger.core.money.Credits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request that changes something, and all that was answered to it. A client sends it again, the
 * same to the byte, as long as it has no answer. For one thread at a time.
 */
final class Asked {

  /** What is asked for; amounts in millionths. */
  sealed interface What {
    /** Credits, for good or for a while. */
    record Grant(long micros, int priority, Optional<Instant> expiresAt) implements What {}

    /** Credits held. */
    record Reserve(long micros, Duration ttl) implements What {}

    /** The end of a reservation, with what the task cost. */
    record Settle(String reservation, long micros) implements What {}

    /** The end of a reservation, at no cost. */
    record Release(String reservation) implements What {}
  }

  private final String customer;
  private final String id;
  private final What what;
  private final List<Rest.Answer> answers = new ArrayList<>();
  private int unanswered;

  Asked(String customer, String id, What what) {
    this.customer = customer;
    this.id = id;
    this.what = what;
  }

  String customer() {
    return customer;
  }

  String id() {
    return id;
  }

  What what() {
    return what;
  }

  String path() {
    return switch (what) {
      case What.Grant grant -> "/v1/grants";
      case What.Reserve reserve -> "/v1/reservations";
      case What.Settle settle -> "/v1/reservations/" + settle.reservation() + "/settle";
      case What.Release release -> "/v1/reservations/" + release.reservation() + "/release";
    };
  }

  byte[] body() {
    String more =
        switch (what) {
          case What.Grant grant ->
              ",\"amount\":\"%s\",\"priority\":%d%s"
                  .formatted(
                      Credits.ofMicros(grant.micros()),
                      grant.priority(),
                      grant.expiresAt().map(at -> ",\"expires_at\":\"" + at + "\"").orElse(""));
          case What.Reserve reserve ->
              ",\"credits\":\"%s\",\"ttl\":\"%s\""
                  .formatted(Credits.ofMicros(reserve.micros()), reserve.ttl());
          case What.Settle settle ->
              ",\"credits\":\"%s\"".formatted(Credits.ofMicros(settle.micros()));
          case What.Release release -> "";
        };
    return "{\"id\":\"%s\",\"customer\":\"%s\"%s}"
        .formatted(id, customer, more)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The service answered; that it does not know the outcome is no answer. */
  void told(Rest.Answer answer) {
    if (List.of(202, 503, 504).contains(answer.status())) {
      unanswered++;
    } else {
      answers.add(answer);
    }
  }

  /** The service was gone before it answered. */
  void brokeOff() {
    unanswered++;
  }

  /** Whether the outcome is known to the client. */
  boolean answered() {
    return !answers.isEmpty();
  }

  List<Rest.Answer> answers() {
    return answers;
  }

  /** How often it was sent and no outcome came back. */
  int unanswered() {
    return unanswered;
  }

  @Override
  public String toString() {
    return customer + "/" + id;
  }
}
