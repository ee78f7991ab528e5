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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/**
 * What neither the engine's events nor its answers say of the daemon: its command line and its
 * daemon.json, each a fact's line, with what is other than at the reading before ({@code
 * "changed":{"icc":[false,true]}}, null for what is not set). What can't be read is marked missing
 * and leaves what was known. A file of 1 MiB and a command line of 64 KiB at most. What a record
 * that is safe has told is known over a restart of this process, and what one that was not kept
 * told is told again. Any thread.
 */
final class DaemonFacts {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int MOST_UNSAFE = 1000;

  private final DaemonProcess process;
  private final String engine;
  private final Path file;
  private final Deque<Reading> unsafe = new ArrayDeque<>();
  private DaemonState safe;
  private DaemonState seen = DaemonState.NONE;

  /** What a reading found, told by the fact that begins so. */
  private record Reading(byte[] begin, DaemonState found) {}

  /**
   * Reads nothing yet.
   *
   * @param process null when nothing is to be told
   * @param engine its address: what was known of another is not compared
   * @param file where what is known is kept over a restart; null to forget it
   */
  DaemonFacts(DaemonProcess process, String engine, Path file) {
    this.process = process;
    this.engine = engine;
    this.file = file;
  }

  /** Of an engine of this host, as its socket shows; of those elsewhere nothing is told. */
  static DaemonFacts of(DockerAddress engine, Path file) {
    boolean local = engine.uri().getScheme().equals("unix");
    return new DaemonFacts(
        local ? new DaemonProcess(Path.of("/"), engine.uri().getPath()) : null,
        engine.uri().toString(),
        file);
  }

  /**
   * A connection begins: readings are compared with what the last that is safe found.
   *
   * @throws IOException when what was known can't be read, or another version wrote it
   */
  synchronized void begin() throws IOException {
    if (safe == null) {
      safe = file == null ? DaemonState.NONE : DaemonState.read(file, engine);
    }
    seen = safe;
    unsafe.clear();
  }

  /**
   * A record is safe; what it, and readings before it, told is known from now on.
   *
   * @throws IOException when that can't be written down
   */
  synchronized void safe(Heard heard) throws IOException {
    if (unsafe.isEmpty()) {
      return;
    }
    byte[] record = heard.record();
    int told = 0;
    int readings = 0;
    for (Reading reading : unsafe) {
      readings++;
      told = contains(record, reading.begin()) ? readings : told;
    }
    for (int i = 0; i < told; i++) {
      safe = unsafe.poll().found();
    }
    if (told > 0 && file != null) {
      safe.write(file, engine);
    }
  }

  private static boolean contains(byte[] record, byte[] part) {
    for (int at = 0; at + part.length <= record.length; at++) {
      if (Arrays.equals(record, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  /** The facts as they are now, a line each; none when there is no such process. */
  synchronized byte[][] read(Instant asked) {
    Path directory = process == null ? null : process.directory();
    if (directory == null) {
      return new byte[0][];
    }
    List<String> words = new ArrayList<>();
    byte[] said = arguments(directory, asked, words);
    byte[] configured = configuration(directory, words, asked);
    unsafe.add(new Reading(bytes(fact("arguments", asked).toString()), seen));
    if (unsafe.size() > MOST_UNSAFE) {
      unsafe.poll();
    }
    return new byte[][] {said, configured};
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
    String changed = changed(seen.arguments(), now);
    seen = new DaemonState(now, seen.configuration());
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

  private byte[] configuration(Path directory, List<String> words, Instant asked) {
    Path file = process.configuration(directory, words);
    JsonLine fact = fact("configuration", asked).key("path").text(process.named(file, directory));
    try {
      byte[] body = process.configured(file, directory);
      return Questions.with(told(fact.key("status").number(200L), object(body)), body);
    } catch (NoSuchFileException e) {
      return bytes(told(fact.key("status").number(404L), JSON.createObjectNode()) + '}');
    } catch (IOException e) {
      return missing(fact, e);
    }
  }

  private String told(JsonLine fact, ObjectNode now) {
    String changed = changed(seen.configuration(), now);
    seen = new DaemonState(seen.arguments(), now);
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
