package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down what lane two of one scope takes: records, once for all rules that took them, and
 * rules that fired and are records of others. What no window can hold any more is forgotten. One
 * thread.
 */
final class Journal {
  static final String RECORD = "record";
  static final String FIRED = "fired";
  static final String LINK = "link";
  private final String scope;
  private final Changelog changelog;
  private final Kept kept;
  private final AtomicLong taken;

  /**
   * @param taken counts what the engine took
   */
  Journal(String scope, Changelog changelog, AtomicLong taken, Bound bound) {
    this.scope = scope;
    this.changelog = changelog;
    this.kept = new Kept(changelog, bound);
    this.taken = taken;
  }

  /** A record; its name is spelled only where it is written. */
  private record Taken(String scope, long nanos, Source source, String id)
      implements Changelog.Key {
    @Override
    public String written() {
      return Changelog.key(RECORD, scope, Recalled.name(nanos, source, id));
    }
  }

  /** What there are few of. */
  private record Said(String written) implements Changelog.Key {}

  private Changelog.Key record(AuditEvent event) {
    return new Taken(scope, event.nanos(), event.source(), event.id());
  }

  private static Changelog.Key said(String... parts) {
    return new Said(Changelog.key(parts));
  }

  /** False when it is there already. */
  boolean add(Pending pending) {
    Changelog.Key key = record(pending.event());
    long end = pending.nanos() + horizon(pending.matches());
    int size = pending.event().raw().length;
    if (!kept.add(key, end, pending.matches().size(), size)) {
      return false;
    }
    long number = taken.incrementAndGet();
    changelog.put(key, () -> written(pending, number));
    return true;
  }

  /** A rule that fired, and what the rules that name it make of that. */
  void add(Fired fired, List<Match> matches, String tag) {
    String group = Changelog.key(fired.group().toArray(String[]::new));
    Changelog.Key key =
        said(
            FIRED,
            scope,
            tag,
            group,
            Long.toString(fired.nanos()),
            Recalled.name(fired.completing()));
    if (kept.add(key, fired.nanos() + horizon(matches), matches.size(), 0)) {
      long number = taken.incrementAndGet();
      changelog.put(key, () -> written(fired, tag, number));
    }
  }

  /** What came over the links topic; false when it is there already. */
  boolean add(Link link, Pending pending) {
    Changelog.Key key = said(LINK, scope, link.name());
    byte[] value = link.written();
    long end = pending.nanos() + horizon(pending.matches());
    if (!kept.add(key, end, pending.matches().size(), value.length)) {
      return false;
    }
    long number = taken.incrementAndGet();
    changelog.put(key, () -> behind(head(LINK, pending.nanos(), number), value));
    return true;
  }

  /** One rule has a record no longer; when no other has it, it is forgotten. */
  void left(Match match) {
    if (match.memory().correlation().linked()) {
      return; // It goes when its time is over.
    }
    kept.left(record(match.event()));
  }

  String scope() {
    return scope;
  }

  /** All of it goes; how much that was. */
  int forget() {
    return kept.forget();
  }

  /** Time went on. */
  void advance(long nanos) {
    kept.advance(nanos);
  }

  private static long horizon(List<Match> matches) {
    long longest = 0;
    for (Match match : matches) {
      longest = Math.max(longest, match.memory().groups().horizon());
    }
    return longest;
  }

  private byte[] written(Pending pending, long number) {
    AuditEvent event = pending.event();
    JsonLine json = Written.head(head(RECORD, event.nanos(), number), event).key("rules");
    json.texts(
        pending.matches().stream().map(match -> match.memory().groups().tag()).distinct().toList());
    return behind(json, event.raw());
  }

  /** The head on a line, then the bytes. */
  private static byte[] behind(JsonLine json, byte[] raw) {
    byte[] head = (json.close('}') + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[head.length + raw.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(raw, 0, whole, head.length, raw.length);
    return whole;
  }

  private byte[] written(Fired fired, String tag, long number) {
    JsonLine json = head(FIRED, fired.nanos(), number).key("rule").text(tag);
    json.key("group").texts(fired.group());
    json.key("completing").text(Recalled.name(fired.completing()));
    Recalled.write(json, fired.window());
    return Changelog.ended(json);
  }

  private JsonLine head(String kind, long nanos, long number) {
    return Changelog.entry(kind, scope).key("time").number(nanos).key("n").number(number);
  }
}
