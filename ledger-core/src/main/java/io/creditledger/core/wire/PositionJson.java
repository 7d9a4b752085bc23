package io.creditledger.core.wire;

import com.fasterxml.jackson.core.JsonParser;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import java.io.IOException;

/** Where an input record stands, as an object of its own. */
final class PositionJson {

  private PositionJson() {}

  static Position read(FieldReader fields) {
    return new Position(
        fields.required(Field.TOPIC, PositionJson::source),
        Math.toIntExact(fields.requiredInteger(Field.PARTITION)),
        fields.requiredInteger(Field.OFFSET));
  }

  /** Reads the fields of the object whose start was read last. */
  static Position read(JsonParser parser) throws IOException {
    String topic = "";
    int partition = -1;
    long offset = -1;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals(Field.TOPIC)) {
        topic = parser.getText();
      } else if (name.equals(Field.PARTITION)) {
        partition = parser.getIntValue();
      } else if (name.equals(Field.OFFSET)) {
        offset = parser.getLongValue();
      } else {
        parser.skipChildren();
      }
    }
    if (partition < 0 || offset < 0) {
      throw new IllegalStateException("a position lacks its partition or offset");
    }
    return new Position(source(topic), partition, offset);
  }

  static void write(JsonWriter json, Position position) {
    json.object(
        Field.SOURCE,
        o ->
            o.text(Field.TOPIC, position.source().topic())
                .number(Field.PARTITION, position.partition())
                .number(Field.OFFSET, position.offset()));
  }

  private static Source source(String topic) {
    return Source.ofTopic(topic)
        .orElseThrow(() -> new IllegalArgumentException("is no input topic"));
  }
}
