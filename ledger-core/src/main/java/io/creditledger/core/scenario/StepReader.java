package io.creditledger.core.scenario;

import io.creditledger.core.account.Reason;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of one scenario. */
final class StepReader {

  private static final Set<String> COMMON = Set.of("at", "result", "reason", "note");

  private final String scenario;
  private final CustomerId customer;
  private final Map<String, EventId> derivedIds = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();

  StepReader(String scenario, CustomerId customer) {
    this.scenario = scenario;
    this.customer = customer;
  }

  List<Step> read(FilePart list) {
    for (FilePart part : list.items()) {
      steps.add(step(part));
    }
    if (steps.isEmpty()) {
      throw list.problem("is empty");
    }
    return steps;
  }

  private Step step(FilePart part) {
    int number = steps.size() + 1;
    Instant at = at(part.required("at"));
    FilePart body = body(part);
    String kind = kind(part);
    if (kind.equals("expect")) {
      if (part.field("result").isPresent()) {
        throw part.required("result").problem("is only for commands");
      }
      return new Step.Expect(number, at, ExpectReader.read(body));
    }
    Answer answer = answer(part);
    EventId id = derivedId(kind, body, number, answer);
    return new Step.Command(number, at, CommandReader.read(kind, body, customer, id), answer);
  }

  private Instant at(FilePart part) {
    Instant at;
    try {
      at = TimeText.parse(part.text());
    } catch (IllegalArgumentException e) {
      throw part.problem(e.getMessage());
    }
    if (!steps.isEmpty() && at.isBefore(steps.getLast().at())) {
      throw part.problem("goes back: " + at + " is before " + steps.getLast().at());
    }
    return at;
  }

  private static String kind(FilePart step) {
    Set<String> kinds = new HashSet<>(step.fields().keySet());
    kinds.removeAll(COMMON);
    kinds.stream()
        .filter(kind -> !kind.equals("expect") && !CommandReader.KINDS.contains(kind))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw step.fields().get(unknown).problem("is not a step that is known");
            });
    if (kinds.size() != 1) {
      throw step.problem("must have exactly one of expect and " + CommandReader.KINDS);
    }
    return kinds.iterator().next();
  }

  private static FilePart body(FilePart step) {
    FilePart body = step.fields().get(kind(step));
    if (!body.isMapping()) {
      throw body.problem("is not a mapping");
    }
    return body;
  }

  /**
   * The id of a command that names none. One that is to be a duplicate repeats the last command
   * like it, whose derived id it shares.
   */
  private EventId derivedId(String kind, FilePart body, int number, Answer answer) {
    EventId fresh;
    try {
      fresh = new EventId(scenario + "-step-" + number);
    } catch (IllegalArgumentException e) {
      fresh = new EventId("step-" + number);
    }
    String content = kind + FileText.json(body);
    if (answer instanceof Answer.Duplicate && derivedIds.containsKey(content)) {
      return derivedIds.get(content);
    }
    derivedIds.put(content, fresh);
    return fresh;
  }

  private static Answer answer(FilePart step) {
    Optional<FilePart> reason = step.field("reason");
    String result = step.field("result").map(FilePart::text).orElse("accepted");
    if (reason.isPresent() && !result.equals("rejected")) {
      throw reason.get().problem("is only for the result rejected");
    }
    return switch (result) {
      case "accepted" -> new Answer.Accepted();
      case "rejected" -> new Answer.Rejected(reason.map(StepReader::reason));
      case "duplicate" -> new Answer.Duplicate();
      case "conflict" -> new Answer.Conflict();
      default -> throw step.required("result").problem("is not a result that is known: " + result);
    };
  }

  private static Reason reason(FilePart part) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.name().equals(part.text()))
        .findFirst()
        .orElseThrow(() -> part.problem("is not a reason that is known: " + part.text()));
  }
}
