/**
 * What the domain looks like outside: events, entries and refusals as JSON, accounts and memories
 * as bytes. Every format carries its version; files under {@code src/test/resources/golden} hold
 * each version for ever. The only package of the core that uses Jackson; shells call it, the rest
 * of the core does not.
 */
package io.creditledger.core.wire;
