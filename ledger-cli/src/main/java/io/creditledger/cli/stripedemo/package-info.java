/** {@code ./ledger demo --stripe}: a customer's month from the first payment to the overage. */
package io.creditledger.cli.stripedemo;
