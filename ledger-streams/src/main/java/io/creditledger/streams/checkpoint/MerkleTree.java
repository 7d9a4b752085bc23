package io.creditledger.streams.checkpoint;

import io.creditledger.core.entry.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The heads of all chains of a partition under one hash, so that a single chain can be proved to be
 * among them without the others. Leaves stand in the order of their customers' names; of an odd
 * number on one level the last goes up as it is. Leaves and nodes are hashed with different first
 * bytes, so that neither can pass for the other.
 */
public final class MerkleTree {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final List<String> customers;
  private final List<List<Hash>> levels = new ArrayList<>();

  /**
   * Where a customer's chain stands.
   *
   * @param sequence its entries
   * @param hash of the last one's bytes
   */
  public record Head(long sequence, Hash hash) {}

  /** From which side the other hash comes, on the way to the root. */
  public enum Side {
    /** It is hashed first. */
    LEFT,
    /** It is hashed last. */
    RIGHT
  }

  /** One hash on the way from a leaf to the root. */
  public record Sibling(Side side, Hash hash) {}

  /** The tree of these heads. */
  public MerkleTree(SortedMap<String, Head> heads) {
    SortedMap<String, Head> ordered = new TreeMap<>(heads);
    customers = List.copyOf(ordered.keySet());
    List<Hash> level = new ArrayList<>();
    ordered.forEach((customer, head) -> level.add(leaf(customer, head)));
    levels.add(level);
    while (levels.getLast().size() > 1) {
      levels.add(above(levels.getLast()));
    }
  }

  private static List<Hash> above(List<Hash> level) {
    List<Hash> above = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i < level.size(); i += 2) {
      above.add(i + 1 < level.size() ? node(level.get(i), level.get(i + 1)) : level.get(i));
    }
    return above;
  }

  /** The one hash; {@link Hash#NONE} of a tree without leaves. */
  public Hash root() {
    return levels.getLast().isEmpty() ? Hash.NONE : levels.getLast().getFirst();
  }

  /**
   * The hashes that lead from a customer's leaf to the root.
   *
   * @throws IllegalArgumentException if the customer has no leaf
   */
  public List<Sibling> proof(String customer) {
    int at = Collections.binarySearch(customers, customer);
    if (at < 0) {
      throw new IllegalArgumentException("no chain of " + customer);
    }
    List<Sibling> proof = new ArrayList<>();
    for (List<Hash> level : levels) {
      int other = at ^ 1;
      if (other < level.size()) {
        proof.add(new Sibling(other < at ? Side.LEFT : Side.RIGHT, level.get(other)));
      }
      at /= 2;
    }
    return proof;
  }

  /** The root to which a proof leads from a customer's head. */
  public static Hash rootOf(String customer, Head head, List<Sibling> proof) {
    Hash hash = leaf(customer, head);
    for (Sibling sibling : proof) {
      hash =
          switch (sibling.side()) {
            case LEFT -> node(sibling.hash(), hash);
            case RIGHT -> node(hash, sibling.hash());
          };
    }
    return hash;
  }

  private static Hash leaf(String customer, Head head) {
    byte[] name = customer.getBytes(StandardCharsets.UTF_8);
    return Hash.of(
        ByteBuffer.allocate(1 + Integer.BYTES + name.length + Long.BYTES + Hash.SIZE)
            .put(LEAF)
            .putInt(name.length)
            .put(name)
            .putLong(head.sequence())
            .put(head.hash().toBytes())
            .array());
  }

  private static Hash node(Hash left, Hash right) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 + 2 * Hash.SIZE);
    bytes.write(NODE);
    bytes.writeBytes(left.toBytes());
    bytes.writeBytes(right.toBytes());
    return Hash.of(bytes.toByteArray());
  }
}
