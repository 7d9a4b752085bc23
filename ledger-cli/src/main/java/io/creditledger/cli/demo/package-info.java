/**
 * The demo: a ledger of an AI agent product under load, and the proof that it kept its books. Start
 * with {@link io.creditledger.cli.demo.Demo}.
 */
package io.creditledger.cli.demo;
