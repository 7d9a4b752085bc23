/**
 * Proof that nothing was lost and nothing applied twice, from the topics alone: an independent fold
 * over the journal that shares no arithmetic with the code that wrote it.
 */
package io.creditledger.cli.proof;
