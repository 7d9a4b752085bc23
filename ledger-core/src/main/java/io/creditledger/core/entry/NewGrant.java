package io.creditledger.core.entry;

import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import java.util.List;
import java.util.stream.Stream;

/** A grant as an entry makes it, before any posting of that entry. */
public record NewGrant(Grant grant, GrantDetails details) {

  /** The grants that a change makes, in the order of their ordinals. */
  public static List<NewGrant> of(Change change) {
    return switch (change) {
      case Change.Granted granted -> List.of(granted.made());
      case Change.Adjusted adjusted -> adjusted.made().stream().toList();
      case Change.Renewed renewed ->
          Stream.concat(renewed.rollover().stream(), Stream.of(renewed.made())).toList();
      case Change.Used used -> List.of();
      case Change.Reserved reserved -> List.of();
      case Change.Settled settled -> List.of();
      case Change.Released released -> List.of();
      case Change.Lapsed lapsed -> List.of();
      case Change.Reversed reversed -> List.of();
      case Change.Voided voided -> List.of();
      case Change.Confirmed confirmed -> List.of();
      case Change.Cancelled cancelled -> List.of();
      case Change.Extended extended -> List.of();
      case Change.Configured configured -> List.of();
      case Change.BecameEffective effective -> List.of();
      case Change.Reminded reminded -> List.of();
      case Change.TopUpEnded ended -> List.of();
      case Change.Expired expired -> List.of();
    };
  }
}
