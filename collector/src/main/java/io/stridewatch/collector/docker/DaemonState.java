package io.stridewatch.collector.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stridewatch.JsonLine;
import io.stridewatch.collector.CursorFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a daemon was found set to. Its file is {@code {"format":1,"engine":ADDRESS,
 * "arguments":TEXT,"configuration":TEXT}}, each text a JSON object, without what was never read. It
 * lies with the collector's places in a directory that nobody else may read, for a configuration
 * may hold credentials.
 *
 * @param arguments by the names that daemon.json has; null when they were never read
 * @param configuration as the file has it; null when it was never read
 */
record DaemonState(ObjectNode arguments, ObjectNode configuration) {
  static final DaemonState NONE = new DaemonState(null, null);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was written down of that engine; {@link #NONE} when nothing was.
   *
   * @throws IOException when it can't be read, or another version wrote it
   */
  static DaemonState read(Path file, String engine) throws IOException {
    JsonNode json = CursorFile.read(file);
    return json == null || !json.path("engine").asText().equals(engine)
        ? NONE
        : new DaemonState(object(json, "arguments"), object(json, "configuration"));
  }

  private static ObjectNode object(JsonNode json, String key) throws IOException {
    JsonNode text = json.path(key);
    return text.isTextual() && JSON.readTree(text.asText()) instanceof ObjectNode object
        ? object
        : null;
  }

  void write(Path file, String engine) throws IOException {
    JsonLine json = CursorFile.begin().key("engine").text(engine);
    add(json, "arguments", arguments);
    add(json, "configuration", configuration);
    CursorFile.write(file, json);
  }

  private static void add(JsonLine json, String key, ObjectNode settings) {
    if (settings != null) {
      json.key(key).text(settings.toString());
    }
  }
}
