package io.creditledger.cli.demo;

/**
 * The models that can be used, and the demo's price list as a seller would keep it apart from the
 * ledger: whole millionths of a credit for each token. The catalog states the same in credits for a
 * thousand tokens, and at the end both must come to the same sum.
 */
enum Model {
  LARGE("m-large", 300, 1_500),
  SMALL("m-small", 50, 200);

  private static final long TASK_MICROS = 500_000;

  private final String wireName;
  private final long inputMicros;
  private final long outputMicros;

  Model(String wireName, long inputMicros, long outputMicros) {
    this.wireName = wireName;
    this.inputMicros = inputMicros;
    this.outputMicros = outputMicros;
  }

  /** The name in events and in the catalog. */
  String wireName() {
    return wireName;
  }

  /** What a request costs with all that belongs to it, in millionths of a credit. */
  long micros(long inputTokens, long outputTokens) {
    return inputTokens * inputMicros + outputTokens * outputMicros + TASK_MICROS;
  }
}
