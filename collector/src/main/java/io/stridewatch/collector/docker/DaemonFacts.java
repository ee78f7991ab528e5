package io.stridewatch.collector.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.event.DaemonArguments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What neither the engine's events nor its answers say of the daemon: its command line and its
 * daemon.json, each a fact's line, with what is other than at the reading before ({@code
 * "changed":{"icc":[false,true]}}, null for what is not set). What can't be read is marked missing
 * and leaves what was known. A file of 1 MiB and a command line of 64 KiB at most. Any thread.
 */
final class DaemonFacts {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final DaemonProcess process;
  private ObjectNode arguments;
  private ObjectNode configuration;

  /** Those of a process; of none when it is null. */
  DaemonFacts(DaemonProcess process) {
    this.process = process;
  }

  /** Of an engine that listens where dockerd does by default; of others nothing is told. */
  static DaemonFacts of(DockerAddress engine) {
    boolean local = engine.uri().toString().matches("unix://(/var)?/run/docker\\.sock");
    return new DaemonFacts(local ? new DaemonProcess(Path.of("/")) : null);
  }

  /** The facts as they are now, a line each; none when there is no such process. */
  synchronized byte[][] read(Instant asked) {
    Path directory = process == null ? null : process.directory();
    if (directory == null) {
      return new byte[0][];
    }
    List<String> words = new ArrayList<>();
    byte[] said = arguments(directory, asked, words);
    return new byte[][] {said, configuration(process.configuration(directory, words), asked)};
  }

  private byte[] arguments(Path directory, Instant asked, List<String> words) {
    JsonLine fact = fact("arguments", asked);
    try {
      words.addAll(process.arguments(directory));
    } catch (IOException e) {
      return missing(fact, e);
    }
    ObjectNode now = JSON.createObjectNode();
    DaemonArguments.settings(words).forEach((key, values) -> now.set(key, node(values)));
    String changed = changed(arguments, now);
    arguments = now;
    ArrayNode args = node(words, JSON.createArrayNode());
    byte[] body = bytes(JSON.createObjectNode().set("args", args).toString());
    return Questions.with(with(fact.key("status").number(200L), changed), body);
  }

  private static JsonNode node(List<String> values) {
    return values.size() == 1
        ? JSON.getNodeFactory().textNode(values.get(0))
        : node(values, JSON.createArrayNode());
  }

  private static ArrayNode node(List<String> values, ArrayNode array) {
    values.forEach(array::add);
    return array;
  }

  private byte[] configuration(Path file, Instant asked) {
    JsonLine fact = fact("configuration", asked).key("path").text(process.named(file));
    try {
      byte[] body = process.read(file, DaemonProcess.FILE_BYTES);
      return Questions.with(told(fact.key("status").number(200L), object(body)), body);
    } catch (NoSuchFileException e) {
      return bytes(told(fact.key("status").number(404L), JSON.createObjectNode()) + '}');
    } catch (IOException e) {
      return missing(fact, e);
    }
  }

  private String told(JsonLine fact, ObjectNode now) {
    String changed = changed(configuration, now);
    configuration = now;
    return with(fact, changed);
  }

  private static String with(JsonLine fact, String changed) {
    return changed == null ? fact.toString() : fact + ",\"changed\":" + changed;
  }

  /** The text of what is wrong may be a secret of the file: it is told by its place alone. */
  private static ObjectNode object(byte[] body) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw new IOException("not a JSON object");
    } catch (CharacterCodingException e) {
      throw new IOException("not UTF-8", e);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw new IOException("not JSON" + line, e);
    }
  }

  /** Before and after of each key; null when nothing changed, or nothing was known before. */
  private static String changed(ObjectNode before, ObjectNode now) {
    TreeSet<String> keys = new TreeSet<>();
    now.fieldNames().forEachRemaining(keys::add);
    if (before != null) {
      before.fieldNames().forEachRemaining(keys::add);
    }
    ObjectNode changed = JSON.createObjectNode();
    for (String key : keys) {
      if (before != null && !now.path(key).equals(before.path(key))) {
        changed.putArray(key).add(before.get(key)).add(now.get(key));
      }
    }
    return changed.isEmpty() ? null : changed.toString();
  }

  private static JsonLine fact(String kind, Instant asked) {
    JsonLine fact = new JsonLine().open('{').key("fact").text(kind);
    return fact.key("asked").text(Times.text(asked));
  }

  private static byte[] missing(JsonLine fact, IOException e) {
    return bytes(fact.key("missing").text(e.getMessage()).close('}').toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
