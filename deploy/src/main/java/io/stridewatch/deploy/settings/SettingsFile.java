package io.stridewatch.deploy.settings;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The YAML file, read as text: keys with a text or a list of texts each, and the line that each
 * stands on. What is not so is a fault.
 */
final class SettingsFile {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final long LARGEST = 1 << 20;

  private final Path path;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<Fault> faults;

  /**
   * What a key was given.
   *
   * @param where {@code FILE:LINE}
   */
  record Entry(String where, List<String> texts) {}

  private SettingsFile(Path path, List<Fault> faults) {
    this.path = path;
    this.faults = faults;
  }

  /** The file's keys in order; what is wrong with it is added to {@code faults}. */
  static Map<String, Entry> read(Path path, List<Fault> faults) {
    SettingsFile file = new SettingsFile(path, faults);
    try {
      if (Files.size(path) > LARGEST) {
        throw new IOException("larger than 1 MiB: this is no settings file");
      }
      file.document(Files.readString(path));
    } catch (NoSuchFileException e) {
      faults.add(new Fault(path.toString(), "no such file"));
    } catch (AccessDeniedException e) {
      faults.add(new Fault(path.toString(), "permission denied"));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String what = e.getOriginalMessage().lines().findFirst().orElse("");
      faults.add(new Fault(path + ":" + line, "not YAML: " + what));
    } catch (IOException e) {
      faults.add(new Fault(path.toString(), "cannot be read: " + e.getMessage()));
    }
    return file.entries;
  }

  private void document(String text) throws IOException {
    try (JsonParser yaml = YAML.createParser(text)) {
      JsonToken start = yaml.nextToken();
      if (start == null) {
        return;
      }
      if (start != JsonToken.START_OBJECT) {
        throw new JsonParseException(yaml, "expected keys with values, such as 'scope: web-1'");
      }
      while (yaml.nextToken() == JsonToken.FIELD_NAME) {
        key(yaml);
      }
    }
  }

  private void key(JsonParser yaml) throws IOException {
    String key = yaml.currentName();
    String where = path + ":" + yaml.currentTokenLocation().getLineNr();
    yaml.nextToken();
    Entry entry = new Entry(where, texts(yaml, key, where));
    Entry before = entries.putIfAbsent(key, entry);
    if (before != null) {
      faults.add(new Fault(where, key + " is given twice, at " + before.where + " first"));
    }
  }

  private List<String> texts(JsonParser yaml, String key, String where) throws IOException {
    List<String> texts = new ArrayList<>();
    if (yaml.currentToken() != JsonToken.START_ARRAY) {
      text(yaml, key, where, texts);
      return texts;
    }
    while (yaml.nextToken() != JsonToken.END_ARRAY) {
      text(yaml, key, where, texts);
    }
    return texts;
  }

  private void text(JsonParser yaml, String key, String where, List<String> texts)
      throws IOException {
    JsonToken token = yaml.currentToken();
    if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
      texts.add(yaml.getText());
      return;
    }
    yaml.skipChildren();
    String what = token == JsonToken.VALUE_NULL ? " has no value" : " takes text, not a structure";
    faults.add(new Fault(where, key + what));
  }
}
