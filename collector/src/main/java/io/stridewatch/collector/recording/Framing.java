package io.stridewatch.collector.recording;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.Chunks;
import io.stridewatch.collector.JsonSlices;
import io.stridewatch.collector.SourceRecords;
import io.stridewatch.collector.kubernetes.CloudEnvelope;
import io.stridewatch.collector.kubernetes.EventList;
import io.stridewatch.event.AuditdAssembler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes raw records of lines, telling each by its content. */
final class Framing {
  private static final byte[] TYPE = "type=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NODE = "node=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LEGACY = " AUDIT: id=\"".getBytes(StandardCharsets.US_ASCII);

  private final Source forced;
  private final Found found;
  private final AuditdAssembler assembler;
  private final JsonValue value = new JsonValue();
  private long begun;

  /**
   * Tells what it finds.
   *
   * @param forced what every record is, null to tell by content
   */
  Framing(Source forced, Found found) {
    this.forced = forced;
    this.found = found;
    assembler =
        new AuditdAssembler(found::audited, (line, why) -> found.rejected(begun, why, line));
  }

  /**
   * Takes a line without its end. Blank ones, and the zero bytes of a file with a hole, are none.
   */
  void accept(long number, byte[] line, int begin, int to) {
    int from = begin;
    while (from < to && !value.open() && blank(line[from])) {
      from++;
    }
    if (from == to || blank(line, from, to)) {
      return;
    }
    if (value.open() && (audit(line, from, to) || !value.continues(line, from, to))) {
      breakOff();
    }
    if (value.open()) {
      proceed(line, from, to);
    } else {
      begin(number, line, from, to);
    }
  }

  /** Takes the end: what waits for more is whole, or breaks off. */
  void end() {
    if (value.open()) {
      breakOff();
    }
    assembler.flush();
  }

  private void begin(long number, byte[] line, int from, int to) {
    begun = number;
    boolean json = line[from] == '{' || line[from] == '[';
    if (forced == Source.AUDITD || forced == null && !json && audit(line, from, to)) {
      assembler.accept(line, from, to);
    } else if (!json) {
      reject(reason(line, from, to), line, from, to);
    } else if (line[from] == '{' && line[to - 1] == '}') {
      json(line, from, to);
    } else {
      proceed(line, from, to);
    }
  }

  private void proceed(byte[] line, int from, int to) {
    if (value.add(line, from, to)) {
      byte[] whole = value.take();
      json(whole, 0, whole.length);
    }
  }

  private void breakOff() {
    setAside("JSON that breaks off: the rest of the line is missing", value.take());
  }

  /** All but the lines in it that are whole by themselves: a broken one takes none with it. */
  private void setAside(String reason, byte[] text) {
    ByteArrayOutputStream broken = new ByteArrayOutputStream();
    int to;
    for (int from = 0; from < text.length; from = to + 1) {
      to = lineEnd(text, from);
      if (from > 0 && whole(text, from, to)) {
        json(text, from, to);
      } else {
        broken.write(text, from, Math.min(to + 1, text.length) - from);
      }
    }
    found.rejected(begun, reason, broken.toByteArray());
  }

  private static int lineEnd(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] != '\n') {
      at++;
    }
    return at;
  }

  private static boolean whole(byte[] text, int from, int to) {
    if (from == to || text[from] != '{' || text[to - 1] != '}') {
      return false;
    }
    try {
      return JsonShape.of(text, from, to) != JsonShape.OTHER;
    } catch (UnreadableRecordException e) {
      return false;
    }
  }

  private void json(byte[] bytes, int from, int to) {
    try {
      if (bytes[from] == '[') {
        JsonSlices.each(bytes, from, to, (key, token, begin, end) -> json(bytes, begin, end));
      } else {
        json(JsonShape.of(bytes, from, to), bytes, from, to);
      }
    } catch (UnreadableRecordException e) {
      setAside(e.getMessage(), Arrays.copyOfRange(bytes, from, to));
    }
  }

  private void json(JsonShape shape, byte[] bytes, int from, int to) {
    switch (shape) {
      case SEALED_RECORD, SEALED_REJECTED -> kept(SealedLine.read(bytes, from, to));
      case SEALED_HEAD, SEALED_END -> {
        // What they prove is for `verify` to see.
      }
      case KUBERNETES_LIST ->
          EventList.items(Chunks.of(bytes, from, to), item -> record(Source.KUBERNETES, item));
      case CLOUD_SUBSCRIPTION, CLOUD_RECORD, CLOUD_ENTRY, CLOUD_RECORDS -> cloud(bytes, from, to);
      case KUBERNETES_POST -> post(bytes, from, to);
      case KUBERNETES_EVENT -> record(Source.KUBERNETES, Arrays.copyOfRange(bytes, from, to));
      case DOCKER_EVENT -> record(Source.DOCKER, JsonSlices.oneLine(bytes, from, to));
      case DOCKER_ANSWER -> fact(Fact.answer(bytes, from, to));
      case DOCKER_CALL -> call(bytes, from, to);
      case DOCKER_CONTAINER -> fact(Fact.container(bytes, from, to));
      case DOCKER_OBJECT, DOCKER_ENGINE, DOCKER_CONNECTION -> found.passedOver();
      case OTHER -> other(bytes, from, to);
    }
  }

  private void cloud(byte[] bytes, int from, int to) {
    if (forced != null && forced != Source.KUBERNETES
        || !CloudEnvelope.open(bytes, from, to, this::cloud)) {
      other(bytes, from, to);
    }
  }

  private void cloud(String cluster, byte[] event) {
    if (cluster == null) {
      record(Source.KUBERNETES, event);
    } else {
      found.kept(SourceRecords.of(Source.KUBERNETES, "", cluster, event));
    }
  }

  private void other(byte[] bytes, int from, int to) {
    if (forced == null) {
      throw new UnreadableRecordException(
          "JSON, but neither a Kubernetes audit event nor a Docker event");
    }
    record(forced, JsonSlices.oneLine(bytes, from, to));
  }

  private void record(Source source, byte[] raw) {
    found.record(forced == null ? source : forced, raw);
  }

  private void kept(SourceRecord record) {
    if (forced != null && forced != record.source()) {
      throw new UnreadableRecordException(
          "a record of " + record.source().label() + ", not of " + forced.label());
    }
    found.kept(record);
  }

  private void fact(Fact fact) {
    if (fact == null) {
      found.passedOver();
    } else {
      found.fact(fact);
    }
  }

  /** What made a container belongs to its create event, what changes something else is a record. */
  private void call(byte[] bytes, int from, int to) {
    Fact fact = Fact.call(bytes, from, to);
    byte[] request = fact == null ? Fact.request(bytes, from, to) : null;
    if (request == null) {
      fact(fact);
    } else {
      record(Source.DOCKER, request);
    }
  }

  private void post(byte[] bytes, int from, int to) {
    JsonSlices.each(
        bytes,
        from,
        to,
        (key, token, begin, end) -> {
          if (key.equals("body")) {
            byte[] body = JsonSlices.text(bytes, begin, end).getBytes(StandardCharsets.UTF_8);
            json(body, 0, body.length);
          }
        });
  }

  private void reject(String reason, byte[] bytes, int from, int to) {
    found.rejected(begun, reason, Arrays.copyOfRange(bytes, from, to));
  }

  private static boolean audit(byte[] line, int from, int to) {
    return starts(line, from, to, TYPE) || starts(line, from, to, NODE);
  }

  private static boolean starts(byte[] line, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && Arrays.equals(line, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private static String reason(byte[] line, int from, int to) {
    for (int at = from; at < Math.min(to - LEGACY.length, from + 64); at++) {
      if (starts(line, at, to, LEGACY)) {
        return "Kubernetes' legacy audit format: have the API server write --audit-log-format=json";
      }
    }
    return "neither JSON nor an audit record (type=... msg=audit(...))";
  }

  private static boolean blank(byte[] line, int from, int to) {
    for (int at = from; at < to; at++) {
      if (!blank(line[at])) {
        return false;
      }
    }
    return true;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
