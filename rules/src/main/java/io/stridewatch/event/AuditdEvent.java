package io.stridewatch.event;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.Found;
import io.stridewatch.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the kernel's audit system said of one thing that happened: the records of one event. A field
 * is derived ({@link AuditdDerived}), else it is what each record has under that name, in order.
 * Text that is not UTF-8, and control bytes in it, are written {@code \xHH}. What is known of names
 * is what the record says: RAW gives numbers where ENRICHED gives names, all else is equal. One
 * thread.
 */
public final class AuditdEvent implements AuditEvent, Searched {
  /** Fields of one record of the SYSCALL type that say nothing about the others of its event. */
  private static final Set<String> RECORD_ONLY = Set.of("a0", "a1", "a2", "a3", "type", "items");

  private final String scope;
  private final String node;
  private final byte[] raw;
  private final int stampFrom;
  private final int stampTo;
  private final long nanos;
  private final long serial;
  private final int part;
  private final List<AuditdRecord> records = new ArrayList<>(8);
  private Found found = Found.NOTHING;
  private AuditdDerived derived;
  private long names;
  private List<AuditdRecord> views;
  private List<Secret> secrets;

  AuditdEvent(
      String scope,
      String node,
      byte[] raw,
      int stampFrom,
      int stampTo,
      long nanos,
      long serial,
      int part) {
    this.scope = scope;
    this.node = node;
    this.raw = raw;
    this.stampFrom = stampFrom;
    this.stampTo = stampTo;
    this.nanos = nanos;
    this.serial = serial;
    this.part = part;
  }

  void add(AuditdRecord record) {
    if (!record.type().is("EOE")) {
      records.add(record);
    }
  }

  boolean is(long nanos, long serial) {
    return this.nanos == nanos && this.serial == serial;
  }

  @Override
  public Source source() {
    return Source.AUDITD;
  }

  @Override
  public String scope() {
    return scope;
  }

  /** {@code SCOPE/TIME:SERIAL}, and {@code +1} for what came after the event was closed. */
  @Override
  public String id() {
    String stamp = AuditdText.text(raw, stampFrom + "audit(".length(), stampTo - 1);
    return scope + '/' + stamp + (part == 0 ? "" : "+" + part);
  }

  /** {@code audit(TIME:SERIAL)}, its node before it. */
  @Override
  public String ref() {
    String stamp = AuditdText.text(raw, stampFrom, stampTo);
    return node.isEmpty() ? stamp : "node=" + node + ' ' + stamp;
  }

  @Override
  public Found found() {
    return found;
  }

  /** The same event, with what was found beside it. */
  AuditdEvent with(Found found) {
    this.found = found;
    return this;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public byte[] raw() {
    return raw;
  }

  /**
   * Its records, but for the continuations of an EXECVE: the first has all arguments. A record's
   * own field comes first, then what is common to the event.
   */
  @Override
  public List<? extends Fields> views() {
    if (views == null) {
      AuditdRecord execve = record("EXECVE");
      views = new ArrayList<>(records);
      views.removeIf(record -> record != execve && record.type().is("EXECVE"));
    }
    return views;
  }

  @Override
  public void rest() {
    derived = null;
    records.forEach(AuditdRecord::rest);
  }

  @Override
  public Map<String, String> actor() {
    return AuditdParties.actor(this);
  }

  @Override
  public Map<String, String> target() {
    return AuditdParties.target(this);
  }

  @Override
  public List<String> values(String field) {
    List<String> known = derived().values(field);
    return known == null ? own(field) : known;
  }

  /**
   * Derived, and what records have under that name: what is common to them is some record's own.
   */
  @Override
  public List<String> anywhere(String field) {
    List<String> known = derived().values(field);
    if (known == null) {
      return own(field);
    }
    List<String> own = isName(field) ? own(field) : List.of();
    if (known.isEmpty() || own.isEmpty()) {
      return known.isEmpty() ? own : known;
    }
    List<String> both = new ArrayList<>(known);
    both.addAll(own);
    return both;
  }

  /** What one record has and gives to the others; or none has, and is derived or nowhere. */
  @Override
  public boolean isCommon(String field) {
    AuditdRecord owner = null;
    for (AuditdRecord record : records) {
      if (record.hasOwn(field)) {
        if (owner != null) {
          return false;
        }
        owner = record;
      }
    }
    return owner == null
        || derived().values(field) == null && owner.type().common() && !RECORD_ONLY.contains(field);
  }

  /** Whether some record may have a field of that name; seldom true for one that none has. */
  private boolean isName(String field) {
    if (names == 0) {
      records.forEach(record -> names |= record.tokens().names());
    }
    return (names & AuditdTokens.bit(field.hashCode())) != 0;
  }

  @Override
  public boolean has(String field) {
    List<String> known = derived().values(field);
    if (known != null) {
      return !known.isEmpty();
    }
    for (AuditdRecord record : records) {
      if (record.hasOwn(field)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Secret> secrets() {
    if (secrets == null) {
      secrets = Secrets.found(found -> AuditdSecrets.find(this, found));
    }
    return secrets;
  }

  /** What each record has under that name. */
  List<String> own(String field) {
    return own(field, false);
  }

  /** The same without the records that only describe a call, and have no result or key. */
  List<String> said(String field) {
    return own(field, true);
  }

  private List<String> own(String field, boolean ofWhatSpeaks) {
    List<String> first = List.of();
    List<String> all = null;
    for (AuditdRecord record : records) {
      List<String> own = ofWhatSpeaks && record.type().describes() ? List.of() : record.own(field);
      if (first.isEmpty()) {
        first = own;
      } else if (!own.isEmpty()) {
        all = all == null ? new ArrayList<>(first) : all;
        all.addAll(own);
      }
    }
    return all == null ? first : all;
  }

  /** What a record that lacks the field is given for it. */
  List<String> common(String field) {
    List<String> known = derived().values(field);
    if (known != null) {
      return known;
    }
    if (!RECORD_ONLY.contains(field)) {
      for (AuditdRecord record : records) {
        List<String> own = record.type().common() ? record.own(field) : List.of();
        if (!own.isEmpty()) {
          return own;
        }
      }
    }
    return List.of();
  }

  boolean hasCommon(String field) {
    List<String> known = derived().values(field);
    if (known != null || RECORD_ONLY.contains(field)) {
      return known != null && !known.isEmpty();
    }
    for (AuditdRecord record : records) {
      if (record.type().common() && record.hasOwn(field)) {
        return true;
      }
    }
    return false;
  }

  List<AuditdRecord> records() {
    return records;
  }

  /** The first record of that type, or null. */
  AuditdRecord record(String type) {
    for (AuditdRecord record : records) {
      if (record.type().is(type)) {
        return record;
      }
    }
    return null;
  }

  /** A field of the SYSCALL record, else of the first record that has it; or null. */
  String first(String field) {
    AuditdRecord call = record("SYSCALL");
    String value = call == null ? null : call.first(field);
    for (int i = 0; value == null && i < records.size(); i++) {
      value = records.get(i).first(field);
    }
    return value;
  }

  String node() {
    return node;
  }

  /** The fields that are worked out from the records. */
  AuditdDerived derived() {
    if (derived == null) {
      derived = new AuditdDerived(this);
    }
    return derived;
  }

  List<String> argument(String name) {
    return derived().arguments().argument(name);
  }
}
