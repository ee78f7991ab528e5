package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import io.stridewatch.RuleEngine.Counts;
import io.stridewatch.Source;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records of one scope and source in one partition, since the beginning. Events
 * = evaluated + repeated + late + rejected. Mutable, one thread.
 */
public final class LedgerEntry {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REASONS = 32;

  private final int partition;
  private final String scope;
  private final Source source;
  private long events;
  private long evaluated;
  private long repeated;
  private long late;
  private long alerts;
  private long dropped;
  private long missingNumbers;
  private long repeatedNumbers;
  private long newest = Long.MIN_VALUE;
  private final TreeMap<String, Long> rejected = new TreeMap<>();
  private final TreeMap<String, Long> unwritten = new TreeMap<>();
  private final Numbering.Newest numbers = new Numbering.Newest();
  private final HeardCollectors collectors;

  LedgerEntry(int partition, String scope, Source source) {
    this.partition = partition;
    this.scope = scope;
    this.source = source;
    this.collectors = new HeardCollectors(scope, source);
  }

  void event(String collector, long number) {
    events++;
    if (collector != null && number > 0) {
      change(numbers.computeIfAbsent(collector, name -> new Numbering()).take(number));
    }
  }

  void numbersUpTo(String collector, long number) {
    change(numbers.computeIfAbsent(collector, name -> new Numbering()).upTo(number));
  }

  private void change(Numbering.Change change) {
    missingNumbers += change.missing();
    repeatedNumbers += change.repeated();
  }

  /** One event was judged: the engine's counts before and after it. */
  void judged(long nanos, Counts before, Counts after) {
    evaluated += after.evaluated() - before.evaluated();
    repeated += after.repeated() - before.repeated();
    late += after.late() - before.late();
    newest = Math.max(newest, nanos);
  }

  /** Links that came behind the time of the second stage: no rule saw them. */
  void lateLinks(long links) {
    events += links;
    late += links;
  }

  /** A tick moved time; no rule judges it. */
  void ticked() {
    evaluated++;
  }

  void alerts(int raised) {
    alerts += raised;
  }

  void dropped(long records) {
    dropped += records;
  }

  void rejected(String reason) {
    count(rejected, reason);
  }

  void unwritten(String reason) {
    count(unwritten, reason);
  }

  /** Reasons name places in the record; what stands before the first colon is of few kinds. */
  private static void count(Map<String, Long> reasons, String reason) {
    int colon = reason.indexOf(':');
    String kind = colon < 0 ? reason : reason.substring(0, colon);
    String known = reasons.size() < REASONS || reasons.containsKey(kind) ? kind : "other";
    reasons.merge(known, 1L, Long::sum);
  }

  /** The partition of the events topic. */
  public int partition() {
    return partition;
  }

  /** The host or cluster. */
  public String scope() {
    return scope;
  }

  /** The kind of system. */
  public Source source() {
    return source;
  }

  /** Records read from the events topic. */
  public long events() {
    return events;
  }

  /** Events that all rules saw. */
  public long evaluated() {
    return evaluated;
  }

  /** Events known already. */
  public long repeated() {
    return repeated;
  }

  /** Events that came behind the watermark. */
  public long late() {
    return late;
  }

  /** Alerts that they made. */
  public long alerts() {
    return alerts;
  }

  /** Records that rules with memory let go before their time, because a window was full. */
  public long dropped() {
    return dropped;
  }

  /** Records that could not be read, by reason. */
  public Map<String, Long> rejected() {
    return Map.copyOf(rejected);
  }

  /** Records that a collector set aside and never put on the events topic, by reason. */
  public Map<String, Long> unwritten() {
    return Map.copyOf(unwritten);
  }

  /** Numbers that collectors gave out and that never came: lost records. */
  public long missingNumbers() {
    return missingNumbers;
  }

  /** Numbers that came more than once. */
  public long repeatedNumbers() {
    return repeatedNumbers;
  }

  /** Nanoseconds since 1970 of the newest event; the least long when there is none. */
  public long newest() {
    return newest;
  }

  /** Events that went nowhere: zero, or there is a fault. */
  public long difference() {
    long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
    return events - evaluated - repeated - late - refused;
  }

  HeardCollectors heard() {
    return collectors;
  }

  /** The collectors that send heartbeats for it. */
  public Collection<HeardCollector> collectors() {
    return collectors.all();
  }

  String key() {
    return source.label() + "/" + scope;
  }

  String line() {
    JsonLine json = new JsonLine().open('{').key("format").number(Ledger.FORMAT);
    json.key("scope").text(scope).key("source").text(source.label());
    json.key("events").number(events).key("evaluated").number(evaluated);
    json.key("repeated").number(repeated).key("late").number(late).key("alerts").number(alerts);
    json.key("missing").number(missingNumbers).key("again").number(repeatedNumbers);
    json.key("newest").number(newest).key("dropped").number(dropped);
    counts(json.key("rejected"), rejected);
    counts(json.key("unwritten"), unwritten);
    json.key("numbers").open('{');
    numbers.forEach((collector, row) -> row.write(json.key(collector)));
    json.close('}');
    collectors.write(json.key("collectors"));
    return json.close('}').toString();
  }

  private static void counts(JsonLine json, Map<String, Long> counts) {
    json.open('{');
    counts.forEach((reason, count) -> json.key(reason).number(count));
    json.close('}');
  }

  static LedgerEntry read(int partition, byte[] line) throws IOException {
    JsonNode json = JSON.readTree(line);
    LedgerEntry entry =
        new LedgerEntry(
            partition, json.path("scope").asText(), Source.of(json.path("source").asText()));
    entry.events = json.path("events").asLong();
    entry.evaluated = json.path("evaluated").asLong();
    entry.repeated = json.path("repeated").asLong();
    entry.late = json.path("late").asLong();
    entry.alerts = json.path("alerts").asLong();
    entry.missingNumbers = json.path("missing").asLong();
    entry.repeatedNumbers = json.path("again").asLong();
    entry.newest = json.path("newest").asLong();
    entry.dropped = json.path("dropped").asLong();
    json.path("rejected")
        .properties()
        .forEach(p -> entry.rejected.put(p.getKey(), p.getValue().asLong()));
    json.path("unwritten")
        .properties()
        .forEach(p -> entry.unwritten.put(p.getKey(), p.getValue().asLong()));
    json.path("numbers")
        .properties()
        .forEach(p -> entry.numbers.put(p.getKey(), Numbering.read(p.getValue())));
    entry.collectors.read(json.path("collectors"));
    return entry;
  }
}
