/**
 * Identifiers and names that come from callers: one validated record for each, so that a customer
 * can never be passed where a grant is meant.
 *
 * <p>Every other package of the core may use it; it uses none of them.
 */
package io.creditledger.core.id;
