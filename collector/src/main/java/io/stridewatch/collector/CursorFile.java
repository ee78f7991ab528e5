package io.stridewatch.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A collector's place, one JSON object in a file of its own. It outlives the process, not the
 * machine's sudden end: then an older place is found, and what comes twice is known by its id.
 */
public final class CursorFile {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private CursorFile() {}

  /**
   * What was written down.
   *
   * @return null when nothing was, or the machine ended before it was on the disk
   * @throws IOException when it can't be read, or another version wrote it
   */
  public static JsonNode read(Path file) throws IOException {
    JsonNode json;
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length == 0) {
        return null;
      }
      json = JSON.readTree(bytes);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (json.path("format").asInt() != FORMAT) {
      throw new IOException(
          file + ": was written by another version: use that, or delete the file");
    }
    return json;
  }

  /** An object to be written: its format is in it already. */
  public static JsonLine begin() {
    return new JsonLine().open('{').key("format").number((long) FORMAT);
  }

  /** Writes it down: afterwards the file holds all of it or all of the one before. */
  public static void write(Path file, JsonLine json) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, json.close('}') + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
