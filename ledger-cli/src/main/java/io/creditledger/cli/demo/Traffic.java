package io.creditledger.cli.demo;

import java.util.Iterator;

/** Requests in the order in which they are reported. */
interface Traffic extends Iterator<LlmRequest> {

  /** How many there are in all. */
  int size();
}
