package io.stridewatch.event;

import io.stridewatch.Source;
import io.stridewatch.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the records of an event say together, in plain words; each worked out when asked for. */
final class AuditdDerived {
  /** The names of these fields. */
  static final Set<String> NAMES =
      Set.of(
          "source",
          "scope",
          "time",
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
          "keys",
          "container",
          "contained",
          "execID",
          "secrets");

  private static final Map<String, Integer> PLACES = places();

  private final AuditdEvent event;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private final List<String>[] known = new List[NAMES.size()];

  private AuditdArguments arguments;
  private AuditdFiles files;
  private List<SocketAddress> addresses;

  AuditdDerived(AuditdEvent event) {
    this.event = event;
  }

  private static Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    NAMES.forEach(name -> places.put(name, places.size()));
    return places;
  }

  /** The values of a derived field, worked out once; null when the name is not one. */
  List<String> values(String field) {
    Integer place = PLACES.get(field);
    if (place == null) {
      return null;
    }
    if (known[place] == null) {
      known[place] = worked(field);
    }
    return known[place];
  }

  private List<String> worked(String field) {
    return switch (field) {
      case "source" -> List.of(Source.AUDITD.label());
      case "scope" -> List.of(event.scope());
      case "time" -> List.of(Times.text(event.time()));
      case "node" -> event.node().isEmpty() ? List.of() : List.of(event.node());
      case "actor" -> one(AuditdParties.actorName(event));
      case "program" -> one(AuditdParties.program(event));
      case "command" -> command();
      case "argv" -> arguments().all();
      case "change" -> FileChange.of(event);
      case "file" -> files().names();
      case "folder" -> files().folders();
      case "inode" -> files().inodes();
      case "mode" -> one(FileChange.mode(event));
      case "keys" -> keys();
      case "container" -> container();
      case "contained" -> contained();
      case "execID" -> RuntimeCommand.exec(arguments().all());
      case "terminal" -> one(AuditdParties.terminal(event));
      case "secrets" -> Secrets.words(event);
      case "success" -> success();
      case "syscall" -> one(call());
      case "uid", "auid" -> id(field);
      case "family", "address", "port", "socket" -> address(field);
      default -> throw new IllegalStateException("no derived field is called " + field);
    };
  }

  /** What a runtime's command is about stands before where the runtime itself runs. */
  private List<String> container() {
    List<String> about = RuntimeCommand.container(arguments().all());
    boolean known = RuntimeCommand.isId(event.found().container());
    return about.isEmpty() && known ? List.of(event.found().container()) : about;
  }

  private List<String> contained() {
    return switch (event.found().container()) {
      case "" -> List.of();
      case "host" -> List.of("no");
      default -> List.of(RuntimeCommand.isId(event.found().container()) ? "yes" : "unknown");
    };
  }

  private static List<String> one(String value) {
    return value == null ? List.of() : List.of(value);
  }

  /** The name of the system call, or null. */
  String call() {
    AuditdRecord call = event.record("SYSCALL");
    call = call == null ? event.record("SECCOMP") : call;
    List<String> name = call == null ? List.of() : call.own("SYSCALL");
    return name.isEmpty() ? null : name.get(0);
  }

  private List<String> keys() {
    List<String> keys = event.said("key");
    return keys.size() < 2 ? keys : keys.stream().distinct().toList();
  }

  AuditdArguments arguments() {
    if (arguments == null) {
      arguments = new AuditdArguments();
      for (AuditdRecord record : event.records()) {
        if (record.type().is("EXECVE")) {
          arguments.add(record);
        }
      }
    }
    return arguments;
  }

  private List<String> command() {
    List<String> words = arguments().all();
    return words.isEmpty() ? event.own("cmd") : List.of(String.join(" ", words));
  }

  AuditdFiles files() {
    if (files == null) {
      files = new AuditdFiles(event);
    }
    return files;
  }

  /** What a record says of its own result stands before that of the call that brought it. */
  private List<String> success() {
    List<String> results = event.said("res");
    results = results.isEmpty() ? event.said("result") : results;
    List<String> words = results.isEmpty() ? event.said("success") : results;
    if (words.size() == 1) {
      return List.of(yesOrNo(words.get(0)));
    }
    return words.stream().map(AuditdDerived::yesOrNo).distinct().toList();
  }

  private static String yesOrNo(String result) {
    return result.equals("1") || result.equals("success") || result.equals("yes") ? "yes" : "no";
  }

  private List<String> id(String field) {
    String id = event.first(field);
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
      for (AuditdRecord record : event.records()) {
        SocketAddress address = AuditdParties.address(record);
        if (address != null) {
          addresses.add(address);
        }
      }
    }
    return addresses;
  }
}
