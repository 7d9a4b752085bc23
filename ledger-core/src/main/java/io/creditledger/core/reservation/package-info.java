/** Reservations: credits held for a task before it runs. Pure values. */
package io.creditledger.core.reservation;
