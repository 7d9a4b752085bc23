/**
 * Exact amounts: credits in whole millionths and quantities in decimals.
 *
 * <p>Nothing here rounds, wraps or reads a float. Every other package of the core may use it; it
 * uses none of them.
 */
package io.creditledger.core.money;
