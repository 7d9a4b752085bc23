/** The commands that prove a ledger: audits, checkpoints, and statements that prove themselves. */
package io.creditledger.cli.audit;
