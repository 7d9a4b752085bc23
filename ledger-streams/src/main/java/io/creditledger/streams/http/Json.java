package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** JSON as a stream of tokens, without a tree between. */
final class Json {

  static final String MEDIA_TYPE = "application/json";

  private static final int BYTES_TYPICAL = 1024;

  /** UTF-8 always: what else a body might be guessed to be is broken UTF-8 to us. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          // Buffers kept per thread would be made anew for every connection's virtual thread.
          .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
          .build();

  private Json() {}

  /** Writes fields or values to an open generator. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** The bytes of what is written. */
  static byte[] write(Fields content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_TYPICAL);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot refuse a write", e);
    }
    return bytes.toByteArray();
  }

  static JsonParser parser(byte[] text) throws IOException {
    return FACTORY.createParser(text);
  }

  /** A time, or null where there is none. */
  static void writeTime(JsonGenerator json, String field, Optional<Instant> time)
      throws IOException {
    writeText(json, field, time.map(Instant::toString));
  }

  /** A text, or null where there is none. */
  static void writeText(JsonGenerator json, String field, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(field, text.get());
    } else {
      json.writeNullField(field);
    }
  }
}
