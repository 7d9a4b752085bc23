package io.creditledger.cli.audit;

import io.creditledger.streams.audit.PlainConsumer;

/**
 * What a consumer that does nothing reads in a second, of the same topics up to the same fence, in
 * the process that makes the audit.
 *
 * @param cold before the audit: the JVM has run nothing yet and compiles what it runs, as it does
 *     in the audit
 * @param warm after the audit: clients compiled, the brokers' files in memory
 */
record PlainRates(PlainConsumer cold, PlainConsumer warm) {}
