package io.creditledger.core.account;

import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.Gathered;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Postings being drawn up: each sees the grant as the ones before it left it. */
final class Postings {

  private final Case of;
  private Map<GrantId, Grant> changed = Map.of();
  private final Gathered<Posting> postings = new Gathered<>();

  Postings(Case of) {
    this.of = of;
  }

  /** Makes a grant known that the change itself creates. */
  Postings knowing(Grant made) {
    know(made);
    return this;
  }

  /** Most changes post to one grant, for which no table need be built. */
  private void know(Grant grant) {
    if (changed.isEmpty()) {
      changed = Map.of(grant.id(), grant);
      return;
    }
    if (changed.size() == 1) {
      changed = new HashMap<>(changed);
    }
    changed.put(grant.id(), grant);
  }

  Postings add(GrantId id, Move move, Credits amount) {
    if (amount.isPositive()) {
      Grant after = grant(id).after(move, amount);
      know(after);
      postings.add(new Posting(id, move, amount, after.unheld()));
    }
    return this;
  }

  Postings addAll(List<Allocation> allocations, Move move) {
    for (Allocation part : allocations) {
      add(part.grant(), move, part.amount());
    }
    return this;
  }

  /** Returns held credits: into an ended grant they end at once (rule 12). */
  Postings unhold(GrantId id, Credits amount) {
    return add(id, byState(id, Move.UNHOLD, Move.UNHOLD_EXPIRED, Move.UNHOLD_VOIDED), amount);
  }

  /** Returns consumed credits: into an ended grant they end at once (rule 13). */
  Postings giveBack(GrantId id, Credits amount) {
    return add(id, byState(id, Move.RETURN, Move.RETURN_EXPIRED, Move.RETURN_VOIDED), amount);
  }

  List<Posting> list() {
    return postings.list();
  }

  private Move byState(GrantId id, Move toLiving, Move toExpired, Move toVoided) {
    GrantState state = grant(id).state();
    return switch (state) {
      case PENDING, SCHEDULED, OPEN -> toLiving;
      case EXPIRED -> toExpired;
      case VOIDED -> toVoided;
    };
  }

  private Grant grant(GrantId id) {
    Grant known = changed.get(id);
    return known != null
        ? known
        : of.grant(id)
            .orElseThrow(() -> new IllegalStateException("no grant " + id + " to post to"));
  }
}
