/**
 * Tests of everything running: a crash in the middle, bad input from every side, reads under load.
 * What they hold the ledger against is computed here, with plain numbers, from what they sent.
 */
package io.creditledger.cli.endtoend;
