/**
 * Reading: accounts, grants and entries of the customers this instance owns, and who owns the
 * others. Called by {@code http}; nothing here changes a balance.
 */
package io.creditledger.streams.query;
