package io.creditledger.streams.webhook;

import java.time.Instant;

/** What follows from an attempt. */
sealed interface Verdict {

  /** It was taken; the customer's next one may go. */
  record Delivered() implements Verdict {}

  /** It is to be tried again, and the customer's later ones wait behind it. */
  record Retry(Instant at) implements Verdict {}

  /** It is given up until somebody sends it again; the customer's next one may go. */
  record Dead() implements Verdict {}
}
