package io.creditledger.streams.audit;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.checkpoint.MerkleTree;
import io.creditledger.streams.checkpoint.SignedCheckpoint;
import io.creditledger.streams.checkpoint.Statement;
import io.creditledger.streams.topology.StoreKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes a statement from the journal and the latest checkpoint of the customer's partition. */
public final class StatementExport {

  private final byte[] key;
  private final List<byte[]> entries = new ArrayList<>();
  private final TreeMap<String, MerkleTree.Head> heads = new TreeMap<>();

  /** A statement's bytes, and what they are of. */
  public static final class Exported {
    private final byte[] file;
    private final long entries;
    private final SignedCheckpoint checkpoint;

    private Exported(byte[] file, long entries, SignedCheckpoint checkpoint) {
      this.file = file;
      this.entries = entries;
      this.checkpoint = checkpoint;
    }

    /** The file's bytes; not to be changed. */
    public byte[] file() {
      return file;
    }

    /** How many entries it has. */
    public long entries() {
      return entries;
    }

    /** What it is proved by. */
    public SignedCheckpoint checkpoint() {
      return checkpoint;
    }
  }

  private StatementExport(byte[] key) {
    this.key = key;
  }

  /**
   * Reads the customer's partition and makes the statement.
   *
   * @throws AuditException if there is no checkpoint, the customer has no entry before it, or the
   *     journal is no longer what was signed
   */
  public static Exported of(KafkaConnection kafka, Topics topics, String customer) {
    byte[] key = StoreKeys.customer(new CustomerId(customer));
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      int partitions = consumer.partitionsFor(topics.name(Topics.ENTRIES)).size();
      int partition = StoreKeys.partition(key, partitions);
      List<SignedCheckpoint> checkpoints = new CheckpointTopic(kafka, topics).of(partition);
      if (checkpoints.isEmpty()) {
        throw new AuditException(
            "partition "
                + partition
                + ", which holds "
                + customer
                + ", has no checkpoint: make one with ./ledger audit --sign");
      }
      SignedCheckpoint checkpoint = checkpoints.getLast();
      StatementExport export = new StatementExport(key);
      JournalPart.read(
          consumer, topics, partition, checkpoint.checkpoint().offset(Topics.ENTRIES), export::add);
      return export.file(customer, checkpoint);
    }
  }

  private boolean add(ConsumerRecord<byte[], byte[]> record) {
    String customer = new String(record.key(), StandardCharsets.UTF_8);
    heads.put(
        customer,
        new MerkleTree.Head(EntryJson.sequenceOf(record.value()), Hash.of(record.value())));
    if (Arrays.equals(record.key(), key)) {
      entries.add(record.value());
    }
    return true;
  }

  private Exported file(String customer, SignedCheckpoint checkpoint) {
    if (entries.isEmpty()) {
      throw new AuditException(
          customer
              + " has no entry before the checkpoint of "
              + checkpoint.checkpoint().madeAt()
              + ": make another checkpoint with ./ledger audit --sign");
    }
    MerkleTree tree = new MerkleTree(heads);
    if (!tree.root().equals(checkpoint.checkpoint().heads())) {
      throw new AuditException(
          "the journal is not what the checkpoint of "
              + checkpoint.checkpoint().madeAt()
              + " was signed for: run ./ledger audit");
    }
    byte[] file = Statement.write(customer, entries, tree.proof(customer), checkpoint);
    return new Exported(file, entries.size(), checkpoint);
  }
}
