/**
 * What the simulated account holds, and its time. Knows tables and ids, not what they mean. Guarded
 * by the simulator's one lock.
 */
package io.creditledger.stripe.simulator.state;
