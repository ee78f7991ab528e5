package io.stridewatch.event;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the kernel's audit system said of one thing that happened: the records of one event. A field
 * is derived ({@link #DERIVED}), else it is what each record has under that name, in order. Text
 * that is not UTF-8, and control bytes in it, are written {@code \xHH}. What is known of names is
 * what the record says: RAW gives numbers where ENRICHED gives names, all else is equal. One
 * thread.
 */
public final class AuditdEvent implements AuditEvent {
  /** The derived fields. */
  static final Set<String> DERIVED =
      Set.of(
          "source",
          "scope",
          "node",
          "actor",
          "program",
          "command",
          "argv",
          "change",
          "file",
          "folder",
          "inode",
          "success",
          "syscall",
          "family",
          "address",
          "port",
          "socket",
          "mode",
          "uid",
          "auid",
          "terminal",
          "keys");

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
  private AuditdArguments arguments;
  private AuditdFiles files;
  private List<String> change;
  private List<SocketAddress> addresses;

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
    List<AuditdRecord> views = new ArrayList<>(records.size());
    boolean arguments = false;
    for (AuditdRecord record : records) {
      boolean execve = record.type().is("EXECVE");
      if (!execve || !arguments) {
        views.add(record);
      }
      arguments |= execve;
    }
    return views;
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
    List<String> derived = derived(field);
    return derived == null ? own(field) : derived;
  }

  @Override
  public boolean has(String field) {
    List<String> derived = derived(field);
    if (derived != null) {
      return !derived.isEmpty();
    }
    for (AuditdRecord record : records) {
      if (record.hasOwn(field)) {
        return true;
      }
    }
    return false;
  }

  private List<String> own(String field) {
    return own(field, false);
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
    List<String> derived = derived(field);
    if (derived != null) {
      return derived;
    }
    AuditdRecord record = commonRecord(field);
    return record == null ? List.of() : record.own(field);
  }

  boolean hasCommon(String field) {
    List<String> derived = derived(field);
    return derived == null ? commonRecord(field) != null : !derived.isEmpty();
  }

  private AuditdRecord commonRecord(String field) {
    if (RECORD_ONLY.contains(field)) {
      return null;
    }
    for (AuditdRecord record : records) {
      if (record.type().common() && record.hasOwn(field)) {
        return record;
      }
    }
    return null;
  }

  /** The values of a derived field; null when the name is not one. */
  private List<String> derived(String field) {
    return switch (field) {
      case "source" -> List.of(Source.AUDITD.label());
      case "scope" -> List.of(scope);
      case "node" -> node.isEmpty() ? List.of() : List.of(node);
      case "actor" -> one(AuditdParties.actorName(this));
      case "program" -> one(AuditdParties.program(this));
      case "command" -> command();
      case "argv" -> arguments().all();
      case "change" -> change();
      case "file" -> files().names();
      case "folder" -> files().folders();
      case "inode" -> files().inodes();
      case "mode" -> one(FileChange.mode(this));
      case "keys" -> keys();
      case "terminal" -> one(AuditdParties.terminal(this));
      case "success" -> success();
      case "syscall" -> one(call());
      case "uid", "auid" -> id(field);
      case "family", "address", "port", "socket" -> address(field);
      default -> null;
    };
  }

  private static List<String> one(String value) {
    return value == null ? List.of() : List.of(value);
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

  /** The name of the system call, or null. */
  String call() {
    AuditdRecord call = record("SYSCALL");
    call = call == null ? record("SECCOMP") : call;
    List<String> name = call == null ? List.of() : call.own("SYSCALL");
    return name.isEmpty() ? null : name.get(0);
  }

  private List<String> keys() {
    List<String> keys = said("key");
    return keys.size() < 2 ? keys : keys.stream().distinct().toList();
  }

  /** As {@link #own}, without the records that only describe a call and never have the field. */
  private List<String> said(String field) {
    return own(field, true);
  }

  List<String> argument(String name) {
    return arguments().argument(name);
  }

  private AuditdArguments arguments() {
    if (arguments == null) {
      arguments = new AuditdArguments();
      for (AuditdRecord record : records) {
        if (record.type().is("EXECVE")) {
          arguments.add(record);
        }
      }
    }
    return arguments;
  }

  private List<String> command() {
    List<String> words = arguments().all();
    return words.isEmpty() ? own("cmd") : List.of(String.join(" ", words));
  }

  private List<String> change() {
    if (change == null) {
      change = FileChange.of(this);
    }
    return change;
  }

  AuditdFiles files() {
    if (files == null) {
      files = new AuditdFiles(this);
    }
    return files;
  }

  /** What a record says of its own result stands before that of the call that brought it. */
  private List<String> success() {
    List<String> results = said("res");
    results = results.isEmpty() ? said("result") : results;
    List<String> words = results.isEmpty() ? said("success") : results;
    if (words.size() == 1) {
      return List.of(yesOrNo(words.get(0)));
    }
    return words.stream().map(AuditdEvent::yesOrNo).distinct().toList();
  }

  private static String yesOrNo(String result) {
    return result.equals("1") || result.equals("success") || result.equals("yes") ? "yes" : "no";
  }

  private List<String> id(String field) {
    String id = first(field);
    return id == null ? List.of() : List.of(AuditdRecord.unset(id) ? "unset" : id);
  }

  private List<String> address(String field) {
    List<String> values = new ArrayList<>(1);
    for (SocketAddress address : addresses()) {
      String value =
          switch (field) {
            case "family" -> address.family();
            case "address" -> address.host();
            case "port" -> address.port();
            default -> address.path();
          };
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  List<SocketAddress> addresses() {
    if (addresses == null) {
      addresses = new ArrayList<>(1);
      for (AuditdRecord record : records) {
        SocketAddress address = AuditdParties.address(record);
        if (address != null) {
          addresses.add(address);
        }
      }
    }
    return addresses;
  }
}
