package io.creditledger.streams.http;

import io.creditledger.core.id.CustomerId;
import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.query.Owner;
import java.util.function.Supplier;

/** Has a request answered where its customer is: here, or one hop away. */
final class Owners {

  private final LedgerAccess ledger;
  private final Forwarder forwarder;

  Owners(LedgerAccess ledger, Forwarder forwarder) {
    this.ledger = ledger;
    this.forwarder = forwarder;
  }

  /** The answer of the instance that owns the customer. */
  Reply answer(CustomerId customer, Request request, Prefer prefer, Supplier<Reply> here) {
    return answer(ledger.owner(customer), request, prefer, here);
  }

  /** A read's answer by an owner that is known. */
  Reply answer(Owner owner, Request request, Supplier<Reply> here) {
    return answer(owner, request, Prefer.NOTHING, here);
  }

  private Reply answer(Owner owner, Request request, Prefer prefer, Supplier<Reply> here) {
    return switch (owner) {
      case Owner.Here owned -> here.get();
      case Owner.There there -> {
        if (request.forwarded()) {
          throw movedOn();
        }
        yield forwarder.forward(there.base(), request, prefer);
      }
      case Owner.Nobody nobody -> throw nobody();
    };
  }

  /** The same for a read. */
  Reply answer(CustomerId customer, Request request, Supplier<Reply> here) {
    return answer(customer, request, Prefer.NOTHING, here);
  }

  /** A request that was passed on and whose customer is not here either. */
  static ProblemException movedOn() {
    return Problem.of(ErrorCode.UNAVAILABLE, "the customer moves between instances").exception();
  }

  /** A customer whom no instance holds. */
  static ProblemException nobody() {
    return Problem.of(ErrorCode.UNAVAILABLE, "no instance holds the customer at the moment")
        .exception();
  }
}
