/**
 * Figures: load that does not wait for answers, and how long each answer took from the time its
 * request was meant to be sent.
 */
package io.creditledger.cli.bench;
