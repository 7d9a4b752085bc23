/**
 * How the domain is written down: events, entries and refusals as JSON, catalogs as YAML, accounts
 * and memories as bytes, each with a reader that refuses what it cannot keep exactly, naming the
 * place. Every format carries its version; files under {@code src/test/resources/golden} hold each
 * version for ever. Called by shells; nothing in the domain depends on it.
 */
package io.creditledger.core.wire;
