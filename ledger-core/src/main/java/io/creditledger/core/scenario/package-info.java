/**
 * Scenarios: one customer's history with what must be true along it, written so that a person in
 * finance can check it, and run the same way against any way of running the ledger. Start with
 * {@link io.creditledger.core.scenario.ScenarioFile} to read and {@link
 * io.creditledger.core.scenario.ScenarioRunner} to run; a new way of running the ledger implements
 * {@link io.creditledger.core.scenario.ScenarioDriver}.
 */
package io.creditledger.core.scenario;
