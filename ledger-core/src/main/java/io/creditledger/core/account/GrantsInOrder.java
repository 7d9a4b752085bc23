package io.creditledger.core.account;

import io.creditledger.core.grant.BurnOrder;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.GrantId;
import java.util.Arrays;
import java.util.List;

/** The grants of a {@link Draft}, in burn order. An array, because most entries change only one. */
final class GrantsInOrder {

  private Grant[] grants;

  /** Where a grant was found last. Postings come in burn order, so the next one is near. */
  private int found;

  /** Begins with an account's grants, which are in order. */
  GrantsInOrder(List<Grant> grants) {
    this.grants = grants.toArray(Grant[]::new);
  }

  /** As they are now. */
  List<Grant> list() {
    return List.of(grants);
  }

  Grant get(int index) {
    return grants[index];
  }

  /** Replaces the grant there by one that belongs in the same place. */
  void set(int index, Grant grant) {
    grants[index] = grant;
  }

  /** Adds a grant in its place. */
  void insert(Grant grant) {
    int at = 0;
    while (at < grants.length
        && BurnOrder.COMPARATOR.compare(grants[at].terms(), grant.terms()) < 0) {
      at++;
    }
    Grant[] longer = Arrays.copyOf(grants, grants.length + 1);
    System.arraycopy(grants, at, longer, at + 1, grants.length - at);
    longer[at] = grant;
    grants = longer;
  }

  void remove(int index) {
    Grant[] shorter = Arrays.copyOf(grants, grants.length - 1);
    System.arraycopy(grants, index + 1, shorter, index, shorter.length - index);
    grants = shorter;
  }

  /** Where the grant is; below 0 where it is not among them. */
  int indexOf(GrantId id) {
    for (int i = found; i < grants.length; i++) {
      if (grants[i].id().equals(id)) {
        found = i;
        return i;
      }
    }
    for (int i = Math.min(found, grants.length) - 1; i >= 0; i--) {
      if (grants[i].id().equals(id)) {
        found = i;
        return i;
      }
    }
    return -1;
  }
}
