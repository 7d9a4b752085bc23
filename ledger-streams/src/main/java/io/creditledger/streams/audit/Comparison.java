package io.creditledger.streams.audit;

import io.creditledger.core.account.Accounts;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.replay.Divergence;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.streams.topology.InputRecord;
import io.creditledger.streams.topology.Judgement;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** One input judged anew, against what was recorded of it. */
final class Comparison {

  private Comparison() {}

  /**
   * How the recorded outcome differs from the derived one, in words; absent where no byte does.
   *
   * @param accepted is given what becomes of the books, if the outcome is the recorded entry
   */
  static Optional<String> difference(
      Written recorded,
      InputRecord input,
      Accounts books,
      Catalog catalog,
      int partitions,
      Consumer<Judgement.Accepted> accepted) {
    if (!Arrays.equals(recorded.record().key(), input.key())) {
      return Optional.of("its key is not that of its input " + input.position());
    }
    return switch (Judgement.of(input, books, catalog, partitions)) {
      case Judgement.Accepted derived -> {
        Optional<String> difference = ofEntry(recorded, derived);
        if (difference.isEmpty()) {
          accepted.accept(derived);
        }
        yield difference;
      }
      case Judgement.Refused derived -> ofRefusal(recorded, derived);
    };
  }

  private static Optional<String> ofEntry(Written recorded, Judgement.Accepted derived) {
    if (recorded.kind() == Written.Kind.REFUSAL) {
      return Optional.of(
          "it says that input "
              + recorded.position()
              + " was no entry, and it derives entry "
              + derived.next().sequence());
    }
    return Divergence.ofEntries(recorded.json(), derived.json().get())
        .map(divergence -> "of entry " + recorded.sequence() + ", " + divergence);
  }

  private static Optional<String> ofRefusal(Written recorded, Judgement.Refused derived) {
    if (recorded.kind() == Written.Kind.ENTRY) {
      OutcomeJson.Parsed outcome = OutcomeJson.read(derived.json().get());
      return Optional.of(
          "it is entry "
              + recorded.sequence()
              + " for input "
              + recorded.position()
              + ", which derives no entry but a "
              + outcome.kind().wireName()
              + outcome.code().map(code -> " (" + code + ")").orElse("")
              + outcome.detail().map(detail -> ": " + detail).orElse(""));
    }
    if (Arrays.equals(recorded.json(), derived.json().get())) {
      return Optional.empty();
    }
    return Optional.of(
        Divergence.ofValues(
                OutcomeJson.read(recorded.json()), OutcomeJson.read(derived.json().get()))
            .orElseGet(() -> Divergence.ofBytes(recorded.json(), derived.json().get()))
            .toString());
  }
}
