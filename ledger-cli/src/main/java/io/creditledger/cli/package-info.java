/**
 * The operator's command line: one class per subcommand, and {@link io.creditledger.cli.LedgerCli}
 * that names them. This module sees every other; no other may see it.
 */
package io.creditledger.cli;
