package io.stridewatch.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a plain reader pays: Jackson's streaming parser over the whole file, 25 fields taken as
 * text, all else skipped.
 */
final class JacksonYardstick {
  private static final Set<String> SCALARS =
      Set.of(
          "kind",
          "apiVersion",
          "level",
          "auditID",
          "stage",
          "requestURI",
          "verb",
          "userAgent",
          "requestReceivedTimestamp",
          "stageTimestamp",
          "username",
          "uid",
          "resource",
          "namespace",
          "name",
          "subresource",
          "apiGroup",
          "resourceVersion",
          "code",
          "reason",
          "status",
          "message",
          "authorization.k8s.io/decision",
          "authorization.k8s.io/reason",
          "k8s.io/deprecated");
  private static final Set<String> ENTERED =
      Set.of("user", "objectRef", "responseStatus", "annotations");

  private long characters;

  /** Reads the file and gives the number of characters taken, so that nothing is optimised away. */
  long read(Path file) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        object(parser);
      }
    }
    return characters;
  }

  private void object(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value.isScalarValue() && SCALARS.contains(name)) {
        characters += parser.getText().length();
      } else if (value == JsonToken.START_OBJECT && ENTERED.contains(name)) {
        object(parser);
      } else {
        parser.skipChildren();
      }
    }
  }
}
