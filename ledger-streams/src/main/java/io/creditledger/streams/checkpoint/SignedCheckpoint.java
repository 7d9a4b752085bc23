package io.creditledger.streams.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.creditledger.core.entry.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A checkpoint with the operator's signature, as {@code ledger.checkpoints} carries it: one flat
 * JSON object. What is signed are the object's bytes without {@code signature}; there is one way to
 * write each checkpoint, so any change of any byte is found.
 *
 * @param key the fingerprint of the key that signed it
 * @param signature in base64url
 */
public record SignedCheckpoint(Checkpoint checkpoint, String key, String signature) {

  private static final int VERSION = 1;
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Signs a checkpoint. */
  public static SignedCheckpoint sign(Checkpoint checkpoint, SigningKey key) {
    String fingerprint = key.publicKey().fingerprint();
    byte[] signature = key.sign(signed(checkpoint, fingerprint));
    return new SignedCheckpoint(
        checkpoint, fingerprint, Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
  }

  /**
   * That this key signed exactly this checkpoint.
   *
   * @throws CheckpointException if it did not; the message says whether another key did
   */
  public void verify(PublicKeyFile publicKey) {
    String what =
        "the checkpoint of partition " + checkpoint.partition() + " made at " + checkpoint.madeAt();
    if (!key.equals(publicKey.fingerprint())) {
      throw new CheckpointException(
          what + " is signed with another key: " + key + ", not " + publicKey.fingerprint());
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(what + " has no readable signature", e);
    }
    if (!publicKey.verifies(signed(checkpoint, key), bytes)) {
      throw new CheckpointException(
          what + " was altered, or its signature was made with another key");
    }
  }

  /** Its bytes. */
  public byte[] write() {
    return object(
        json -> {
          write(json, checkpoint, key);
          json.writeStringField("signature", signature);
        });
  }

  /**
   * A checkpoint of these bytes.
   *
   * @throws CheckpointException if they are not one, byte for byte as it would be written
   */
  public static SignedCheckpoint read(byte[] bytes) {
    SignedCheckpoint read;
    try (JsonParser json = FACTORY.createParser(bytes)) {
      read = read(json);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new CheckpointException("not a signed checkpoint: " + e.getMessage(), e);
    }
    if (!Arrays.equals(read.write(), bytes)) {
      throw new CheckpointException("not a signed checkpoint as it is written: it was altered");
    }
    return read;
  }

  private static SignedCheckpoint read(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    SortedMap<String, Long> offsets = new TreeMap<>();
    json.nextToken();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        for (String topic = json.nextFieldName(); topic != null; topic = json.nextFieldName()) {
          json.nextToken();
          offsets.put(topic, json.getLongValue());
        }
      } else {
        texts.put(name, json.getText());
      }
    }
    Checkpoint checkpoint =
        new Checkpoint(
            Integer.parseInt(texts.getOrDefault("partition", "")),
            Integer.parseInt(texts.getOrDefault("partitions", "")),
            Instant.parse(texts.getOrDefault("made_at", "")),
            offsets,
            Long.parseLong(texts.getOrDefault("customers", "")),
            Hash.parse(texts.getOrDefault("accounts", "")),
            Hash.parse(texts.getOrDefault("heads", "")));
    return new SignedCheckpoint(
        checkpoint, texts.getOrDefault("key", ""), texts.getOrDefault("signature", ""));
  }

  private static byte[] signed(Checkpoint checkpoint, String key) {
    return object(json -> write(json, checkpoint, key));
  }

  private static void write(JsonGenerator json, Checkpoint checkpoint, String key)
      throws IOException {
    json.writeNumberField("v", VERSION);
    json.writeStringField("type", "checkpoint");
    json.writeNumberField("partition", checkpoint.partition());
    json.writeNumberField("partitions", checkpoint.partitions());
    json.writeStringField("made_at", checkpoint.madeAt().toString());
    json.writeObjectFieldStart("offsets");
    for (Map.Entry<String, Long> offset : checkpoint.offsets().entrySet()) {
      json.writeNumberField(offset.getKey(), offset.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("customers", checkpoint.customers());
    json.writeStringField("accounts", checkpoint.accounts().toString());
    json.writeStringField("heads", checkpoint.heads().toString());
    json.writeStringField("key", key);
  }

  /** Writes fields to an open generator. */
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot refuse a write", e);
    }
    return bytes.toByteArray();
  }
}
