package io.creditledger.streams.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.wire.EntryJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A customer's journal in a file that proves itself. The first line names the customer and holds a
 * signed checkpoint with the hashes that lead from the customer's chain to its root; each further
 * line is one entry, byte for byte as it stands in the journal. Who has the operator's public key
 * can verify it without the ledger: each entry carries the hash of the line before, the last line's
 * hash is under the checkpoint's root, and the root is signed.
 */
public final class Statement {

  private static final int VERSION = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Statement() {}

  /**
   * What a verified statement says.
   *
   * @param entries how many
   * @param last the last one
   */
  public record Verified(
      String customer, long entries, LedgerEntry last, SignedCheckpoint checkpoint) {}

  private record Title(
      String customer, long entries, List<MerkleTree.Sibling> proof, SignedCheckpoint checkpoint) {}

  /** The file of a customer's entries, all up to the checkpoint. */
  public static byte[] write(
      String customer,
      List<byte[]> entries,
      List<MerkleTree.Sibling> proof,
      SignedCheckpoint checkpoint) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(line(new Title(customer, entries.size(), proof, checkpoint)));
    file.write('\n');
    for (byte[] entry : entries) {
      file.writeBytes(entry);
      file.write('\n');
    }
    return file.toByteArray();
  }

  private static byte[] line(Title of) {
    ObjectNode title = MAPPER.createObjectNode();
    title.put("v", VERSION);
    title.put("type", "statement");
    title.put("customer", of.customer());
    title.put("entries", of.entries());
    title.put("checkpoint", new String(of.checkpoint().write(), StandardCharsets.UTF_8));
    ArrayNode hashes = title.putArray("proof");
    for (MerkleTree.Sibling sibling : of.proof()) {
      hashes
          .addObject()
          .put(sibling.side().name().toLowerCase(Locale.ROOT), sibling.hash().toString());
    }
    return title.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * That a file is a whole, unaltered statement.
   *
   * @throws CheckpointException if it is not; the message names the first line that is wrong
   */
  public static Verified verify(byte[] file, PublicKeyFile key) {
    List<byte[]> lines = lines(file);
    if (lines.size() < 2) {
      throw new CheckpointException("this is no statement: it has no entries");
    }
    Title title = title(lines.getFirst());
    if (!Arrays.equals(line(title), lines.getFirst())) {
      throw new CheckpointException("line 1 is not as it is written: it was altered");
    }
    title.checkpoint().verify(key);
    LedgerEntry last = chain(title, lines);
    MerkleTree.Head head = new MerkleTree.Head(last.header().sequence(), Hash.of(lines.getLast()));
    if (title.entries() != lines.size() - 1) {
      throw new CheckpointException(
          "line "
              + lines.size()
              + " should not be the last: the statement names "
              + title.entries()
              + " entries and has "
              + (lines.size() - 1));
    }
    if (!MerkleTree.rootOf(title.customer(), head, title.proof())
        .equals(title.checkpoint().checkpoint().heads())) {
      throw new CheckpointException(
          "line "
              + lines.size()
              + ": entry "
              + head.sequence()
              + " is not the one that the signed checkpoint has: it was altered, or the statement"
              + " ends too early, or the proof in line 1 was altered");
    }
    return new Verified(title.customer(), title.entries(), last, title.checkpoint());
  }

  private static LedgerEntry chain(Title title, List<byte[]> lines) {
    LedgerEntry entry = next(title, lines, 2, Hash.NONE);
    for (int line = 3; line <= lines.size(); line++) {
      entry = next(title, lines, line, Hash.of(lines.get(line - 2)));
    }
    return entry;
  }

  private static LedgerEntry next(Title title, List<byte[]> lines, int line, Hash previous) {
    LedgerEntry entry = entry(line, lines.get(line - 1));
    String customer = entry.header().customer().value();
    if (!customer.equals(title.customer())) {
      throw new CheckpointException(
          "line " + line + " is an entry of " + customer + ", not of " + title.customer());
    }
    if (entry.header().sequence() != line - 1) {
      throw new CheckpointException(
          "line "
              + line
              + " is entry "
              + entry.header().sequence()
              + " where entry "
              + (line - 1)
              + " belongs: one is missing, or they were reordered");
    }
    if (!entry.header().previous().equals(previous)) {
      throw new CheckpointException(
          line == 2
              ? "line 2: entry 1 names an entry before it: it was altered"
              : "line "
                  + (line - 1)
                  + ": entry "
                  + (line - 2)
                  + " was altered, for entry "
                  + (line - 1)
                  + " names another hash of it");
    }
    return entry;
  }

  private static LedgerEntry entry(int line, byte[] bytes) {
    try {
      return EntryJson.read(bytes);
    } catch (IllegalStateException e) {
      throw new CheckpointException("line " + line + " was altered: " + e.getMessage(), e);
    }
  }

  private static Title title(byte[] line) {
    try {
      JsonNode title = MAPPER.readTree(line);
      List<MerkleTree.Sibling> proof = new ArrayList<>();
      for (JsonNode sibling : title.path("proof")) {
        MerkleTree.Side side = sibling.has("left") ? MerkleTree.Side.LEFT : MerkleTree.Side.RIGHT;
        String hash = sibling.path(side.name().toLowerCase(Locale.ROOT)).asText();
        proof.add(new MerkleTree.Sibling(side, Hash.parse(hash)));
      }
      byte[] checkpoint = title.path("checkpoint").asText().getBytes(StandardCharsets.UTF_8);
      return new Title(
          title.path("customer").asText(),
          title.path("entries").asLong(),
          proof,
          SignedCheckpoint.read(checkpoint));
    } catch (IOException | IllegalArgumentException e) {
      throw new CheckpointException("line 1 is no statement's, or was altered", e);
    }
  }

  private static List<byte[]> lines(byte[] file) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < file.length; at++) {
      if (file[at] == '\n') {
        lines.add(Arrays.copyOfRange(file, from, at));
        from = at + 1;
      }
    }
    if (from < file.length) {
      lines.add(Arrays.copyOfRange(file, from, file.length));
    }
    return lines;
  }
}
