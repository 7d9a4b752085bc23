package io.creditledger.streams.audit;

import java.util.List;

/**
 * What was compared with the journal beside the topics themselves.
 *
 * @param note what it was and how much, as a sentence
 * @param findings what differs, the first first
 * @param findingCount how much differs
 */
public record Beside(String note, List<Finding> findings, long findingCount) {

  /** Copies the findings. */
  public Beside {
    findings = List.copyOf(findings);
  }
}
