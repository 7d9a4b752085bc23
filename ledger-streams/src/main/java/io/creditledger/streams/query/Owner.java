package io.creditledger.streams.query;

import java.net.URI;

/** Which instance owns a customer. */
public sealed interface Owner {
  /** This one. */
  record Here() implements Owner {}

  /** Another one, at that base address. */
  record There(URI base) implements Owner {}

  /** None at the moment: the group is rebalancing. */
  record Nobody() implements Owner {}
}
