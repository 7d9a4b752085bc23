package io.creditledger.core.wire;

import io.creditledger.core.event.Note;
import java.util.Map;
import java.util.Optional;

/** What is said about an event, in its event and in its entry. */
final class NoteJson {

  private NoteJson() {}

  /** The field of the metadata differs where the event's own metadata is something else's. */
  static Note read(FieldReader fields, String metadataField) {
    Optional<String> description = fields.text(Field.DESCRIPTION);
    Optional<String> actor = fields.text(Field.ACTOR);
    Map<String, String> metadata = fields.map(metadataField);
    return description.isEmpty() && actor.isEmpty() && metadata.isEmpty()
        ? Note.NONE
        : new Note(description, actor, metadata);
  }

  static void write(JsonWriter json, Note note, String metadataField) {
    json.text(Field.DESCRIPTION, note.description())
        .text(Field.ACTOR, note.actor())
        .map(metadataField, note.metadata());
  }
}
