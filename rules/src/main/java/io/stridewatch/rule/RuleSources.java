package io.stridewatch.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import io.stridewatch.Sha256;
import io.stridewatch.rule.falco.FalcoSettings;
import io.stridewatch.rule.falco.Priority;
import io.stridewatch.rule.falco.ThreatTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The files that a set of rules was read from, whole and in their order, and how Falco's of them
 * are taken: all that it takes to read the set again, on another machine or next year. Written down
 * it is a line of JSON that names the files, then their bytes. Immutable.
 */
public final class RuleSources {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private final List<RuleFile> files;
  private final FalcoSettings falco;

  RuleSources(List<RuleFile> files, FalcoSettings falco) {
    this.files = List.copyOf(files);
    this.falco = falco;
  }

  /** These files, then the other's. */
  RuleSources plus(RuleSources other) {
    List<RuleFile> both = new ArrayList<>(files);
    both.addAll(other.files);
    return new RuleSources(both, falco);
  }

  /** The rules that they hold; what is faulty is left out, as it was where they were read first. */
  public RuleSet rules() {
    return RuleSet.of(files, new ArrayList<>(), falco);
  }

  /**
   * Lower-case hex SHA-256 of all but the directories in which the files lie: these are each
   * machine's own, and decide nothing.
   */
  public String digest() {
    MessageDigest sha256 = Sha256.digest();
    sha256.update(head(false));
    files.forEach(file -> sha256.update(file.bytes()));
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** All of it, as {@link #read} takes it. */
  public byte[] written() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head(true));
    files.forEach(file -> out.writeBytes(file.bytes()));
    return out.toByteArray();
  }

  private byte[] head(boolean whole) {
    JsonLine json = new JsonLine().open('{').key("format").number(FORMAT);
    json.key("firstOnly").bool(falco.firstOnly()).key("least").text(falco.least().name());
    json.key("threats").text(falco.threats().text()).key("files").open('[');
    for (RuleFile file : files) {
      json.open('{').key("name").text(whole ? file.name() : file.last());
      json.key("size").number(file.bytes().length).close('}');
    }
    return (json.close(']').close('}') + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalArgumentException what is wrong with it, on one line
   */
  public static RuleSources read(byte[] written) {
    int line = 0;
    while (line < written.length && written[line] != '\n') {
      line++;
    }
    try {
      JsonNode head = JSON.readTree(written, 0, line);
      if (head.path("format").asInt() != FORMAT) {
        throw new IllegalArgumentException(
            "rules in format " + head.path("format").asInt() + ": this program reads " + FORMAT);
      }
      FalcoSettings falco =
          new FalcoSettings(
              head.path("firstOnly").asBoolean(),
              Priority.of(head.path("least").asText()),
              ThreatTable.rows(head.path("threats").asText()));
      return new RuleSources(files(head.path("files"), written, line + 1), falco);
    } catch (IOException e) {
      throw new IllegalArgumentException("no rules: the first line is not JSON", e);
    }
  }

  private static List<RuleFile> files(JsonNode named, byte[] written, int from) {
    List<RuleFile> files = new ArrayList<>();
    int next = from;
    for (JsonNode file : named) {
      int size = file.path("size").asInt(-1);
      if (size < 0 || size > written.length - next) {
        throw new IllegalArgumentException("no rules: a file is cut off");
      }
      byte[] bytes = Arrays.copyOfRange(written, next, next + size);
      files.add(new RuleFile(file.path("name").asText(), bytes));
      next += size;
    }
    return files;
  }
}
