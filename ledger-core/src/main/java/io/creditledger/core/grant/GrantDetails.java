package io.creditledger.core.grant;

import io.creditledger.core.id.Texts;
import java.util.Map;
import java.util.Optional;

/** What describes a grant to people and to finance, and decides nothing. */
public record GrantDetails(
    Optional<String> name, Optional<CostBasis> costBasis, Map<String, String> metadata) {

  /** A grant about which nothing more was said. */
  public static final GrantDetails NONE =
      new GrantDetails(Optional.empty(), Optional.empty(), Map.of());

  public GrantDetails {
    metadata = Texts.copyOf(metadata);
  }
}
