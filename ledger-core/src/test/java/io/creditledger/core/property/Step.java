package io.creditledger.core.property;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.Input;

/** One input and the catalog it is to be decided by. */
record Step(Input input, Catalog catalog) {

  @Override
  public String toString() {
    String occurred =
        input.event().occurredAt().isPresent() ? " of " + input.occurredAt() : " of the same time";
    return input.recordedAt()
        + occurred
        + ", catalog "
        + Catalogs.ALL.indexOf(catalog)
        + ": "
        + input.event();
  }
}
