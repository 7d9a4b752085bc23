package io.creditledger.streams.query;

import io.creditledger.core.explain.Explanation;
import io.creditledger.core.explain.Link;
import io.creditledger.core.explain.RefusedUsage;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.OutcomeJson;
import java.util.List;
import java.util.Optional;

/** What the log says of one usage, reservation or settlement. */
public sealed interface UsageAccount {

  /** Whose it is. */
  CustomerId customer();

  /** The id by which it was asked for. */
  EventId id();

  /** Refusals and duplicates of the same id, in order. */
  List<OutcomeJson.Parsed> others();

  /**
   * It was decided.
   *
   * @param place of the entry in the journal
   * @param json the entry as it stands there
   * @param links other entries that belong to it
   */
  record Decided(
      CustomerId customer,
      EventId id,
      Explanation explanation,
      Place place,
      String json,
      List<Link> links,
      List<OutcomeJson.Parsed> others)
      implements UsageAccount {
    public Decided {
      links = List.copyOf(links);
      others = List.copyOf(others);
    }
  }

  /**
   * It was refused each time it came.
   *
   * @param last the last refusal, which is not among the others
   * @param place of that refusal among the rejections
   * @param found what it found in the account; absent where it could not be read as usage
   */
  record Refused(
      CustomerId customer,
      EventId id,
      OutcomeJson.Parsed last,
      Place place,
      Optional<RefusedUsage> found,
      List<OutcomeJson.Parsed> others)
      implements UsageAccount {
    public Refused {
      others = List.copyOf(others);
    }
  }

  /** Where a record stands. */
  record Place(String topic, int partition, long offset) {}
}
