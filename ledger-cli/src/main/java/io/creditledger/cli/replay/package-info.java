/** The commands that live through a ledger's history again, and send again what was rejected. */
package io.creditledger.cli.replay;
