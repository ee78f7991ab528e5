package io.stridewatch.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.Sha256;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.ByteSearch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What one scope has for a rule that links scopes: a record, or a rule with memory that fired, with
 * its records whole. Written as one line of JSON, then the records' bytes one behind another.
 *
 * @param rule the tag of the rule that links
 * @param group what it has in common with others
 * @param parts the tags of the rules that it is a match of
 * @param fired what matched; its number says nothing elsewhere
 */
record Link(String rule, List<String> group, List<String> parts, Fired fired) {
  static final int FORMAT = 1;
  private static final int MOST = 512 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  Link {
    group = List.copyOf(group);
    parts = List.copyOf(parts);
  }

  /** Links of one key belong together. */
  String key() {
    byte[] whole = new JsonLine().texts(group).toString().getBytes(StandardCharsets.UTF_8);
    return "link/" + rule + "/" + Sha256.hex(whole);
  }

  /** What tells it from any other, in few bytes. */
  String name() {
    AuditEvent event = fired.completing();
    List<String> all = new ArrayList<>(List.of(rule, event.scope(), Recalled.name(event)));
    all.add(Long.toString(fired.nanos()));
    all.addAll(parts);
    all.addAll(fired.group());
    all.addAll(group);
    return Sha256.hex(new JsonLine().texts(all).toString());
  }

  /** No longer than its record, or else than an alert shows: the oldest are only counted then. */
  byte[] written() {
    List<AuditEvent> records = records();
    JsonLine json = new JsonLine().open('{').key("format").number(FORMAT).key("rule").text(rule);
    json.key("group").texts(group).key("parts").texts(parts);
    json.key("scope").text(fired.completing().scope()).key("time").number(fired.nanos());
    json.key("of").texts(fired.group()).key("count").number(fired.window().count());
    json.key("completing").number(records.indexOf(fired.completing())).key("records").open('[');
    for (AuditEvent event : records) {
      Written.head(json.open('{'), event)
          .key("time")
          .number(event.nanos())
          .key("size")
          .number(event.raw().length)
          .close('}');
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes((json.close(']').close('}') + "\n").getBytes(StandardCharsets.UTF_8));
    records.forEach(event -> whole.writeBytes(event.raw()));
    return whole.toByteArray();
  }

  private List<AuditEvent> records() {
    List<AuditEvent> records = new ArrayList<>();
    List<AuditEvent> shown = fired.window().shown();
    int left = MOST - fired.completing().raw().length;
    for (int i = shown.size() - 1; i >= 0; i--) {
      AuditEvent event = shown.get(i);
      left -= event == fired.completing() ? 0 : event.raw().length;
      if (left >= 0 || event == fired.completing()) {
        records.add(0, event);
      }
    }
    if (!records.contains(fired.completing())) {
      records.add(fired.completing());
    }
    return records;
  }

  /**
   * @param decoder of its records
   * @throws UnreadableRecordException when it is none
   */
  static Link read(byte[] value, Function<SourceRecord, AuditEvent> decoder) {
    try {
      int line = ByteSearch.indexOf((byte) '\n', value, 0, value.length);
      return read(JSON.readTree(value, 0, line), value, line + 1, decoder);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UnreadableRecordException("no link: not what we write");
    }
  }

  private static Link read(
      JsonNode head, byte[] value, int from, Function<SourceRecord, AuditEvent> decoder) {
    if (head.path("format").asInt() != FORMAT) {
      throw new UnreadableRecordException("no link: its format is not " + FORMAT);
    }
    List<AuditEvent> records = new ArrayList<>();
    int next = from;
    for (JsonNode each : head.path("records")) {
      int end = Math.addExact(next, each.path("size").asInt());
      if (end > value.length || end < next) {
        throw new UnreadableRecordException("no link: it ends too early");
      }
      byte[] raw = Arrays.copyOfRange(value, next, end);
      records.add(decoder.apply(Written.record(each, head.path("scope").asText(), raw)));
      next = end;
    }
    Fired fired =
        new Fired(
            -1,
            texts(head.path("of")),
            records.get(head.path("completing").asInt()),
            new Window(List.copyOf(records), head.path("count").asLong()),
            head.path("time").asLong());
    return new Link(
        head.path("rule").asText(), texts(head.path("group")), texts(head.path("parts")), fired);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
