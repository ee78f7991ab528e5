package io.stridewatch.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who did it and what it was done to, as the records of an event tell. */
final class AuditdParties {
  private static final String DELETED = " (deleted)";

  /** The commonest types, none of which has an {@code addr}. */
  private static final Set<String> KERNEL =
      Set.of("SYSCALL", "PATH", "CWD", "PROCTITLE", "EXECVE", "BPRM_FCAPS");

  /** What a CONFIG_CHANGE may set (kernel/audit.c, audit_log_config_change). */
  private static final List<String> SETTINGS =
      List.of(
          "audit_enabled",
          "audit_failure",
          "audit_pid",
          "audit_rate_limit",
          "audit_backlog_limit",
          "audit_backlog_wait_time",
          "lost");

  private AuditdParties() {}

  /**
   * The person where one logged in (auid), else the account that the process runs as; null when no
   * record says.
   */
  static Map<String, String> actor(AuditdEvent event) {
    String name = actorName(event);
    if (name == null) {
      return null;
    }
    Map<String, String> actor = new LinkedHashMap<>();
    actor.put("kind", "user");
    actor.put("name", name);
    putFirst(actor, "uid", event.values("uid"));
    putFirst(actor, "auid", event.values("auid"));
    put(actor, "exe", event.first("exe"));
    put(actor, "pid", event.first("pid"));
    put(actor, "ppid", event.first("ppid"));
    put(actor, "terminal", terminal(event));
    put(
        actor,
        "container",
        RuntimeCommand.isId(event.found().container()) ? event.found().container() : null);
    String session = event.first("ses");
    put(actor, "session", session == null || AuditdRecord.unset(session) ? null : session);
    return actor;
  }

  static String actorName(AuditdEvent event) {
    String auid = event.first("auid");
    if (auid != null && !AuditdRecord.unset(auid)) {
      return account(event.first("AUID"), auid);
    }
    String uid = event.first("uid");
    if (uid != null && !AuditdRecord.unset(uid)) {
      return account(event.first("UID"), uid);
    }
    return auid == null ? null : "unset";
  }

  private static String account(String name, String id) {
    if (name != null && !name.startsWith("unknown(") && !name.equals("unset")) {
      return name;
    }
    return id.equals("0") ? "root" : id;
  }

  /** The last step of the executable's path, also of one that was deleted since; or null. */
  static String program(AuditdEvent event) {
    String exe = event.first("exe");
    if (exe == null || exe.isEmpty() || exe.equals("?")) {
      return null;
    }
    String path = exe.endsWith(DELETED) ? exe.substring(0, exe.length() - DELETED.length()) : exe;
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String terminal(AuditdEvent event) {
    String terminal = event.first("tty");
    terminal = terminal == null ? event.first("terminal") : terminal;
    boolean none = terminal == null || terminal.equals("(none)") || terminal.equals("?");
    return none ? null : terminal;
  }

  /** The address of a SOCKADDR record, or of where a program's caller is; null when none. */
  static SocketAddress address(AuditdRecord record) {
    if (record.type().is("SOCKADDR")) {
      return SocketAddress.ofHex(record.first("saddr"));
    }
    if (KERNEL.contains(record.type().name())) {
      return null;
    }
    String host = record.first("addr");
    boolean none = host == null || host.isEmpty() || host.equals("?");
    String family = none || host.indexOf(':') < 0 ? "inet" : "inet6";
    return none ? null : new SocketAddress(family, host, record.first("port"), null);
  }

  static Map<String, String> target(AuditdEvent event) {
    AuditdRecord rule = event.record("CONFIG_CHANGE");
    if (rule != null) {
      return auditRule(rule);
    }
    if (event.record("EXECVE") != null) {
      return named("program", firstOf(event.values("file"), event.first("exe")));
    }
    Map<String, String> target = file(event);
    target = target == null ? address(event) : target;
    return target == null ? other(event) : target;
  }

  private static Map<String, String> auditRule(AuditdRecord change) {
    for (String setting : SETTINGS) {
      String value = change.first(setting);
      if (value != null) {
        Map<String, String> target = named("audit-setting", setting);
        put(target, "value", value);
        put(target, "old", change.first("old"));
        return target;
      }
    }
    String operation = change.first("op");
    String name = firstOf(change.own("key"), change.first("path"));
    Map<String, String> target = named("audit-rule", name == null ? "without a key" : name);
    put(target, "op", operation);
    put(target, "path", change.first("path"));
    return target;
  }

  private static Map<String, String> file(AuditdEvent event) {
    AuditdFiles files = event.derived().files();
    List<String> inodes = files.inodes();
    String unnamed = inodes.isEmpty() ? null : "inode " + inodes.get(0);
    String name = files.created() == null ? firstOf(files.names(), unnamed) : files.created();
    Map<String, String> target = event.derived().addresses().isEmpty() ? named("file", name) : null;
    if (target != null) {
      putFirst(target, "inode", inodes);
      put(target, "from", files.moved());
    }
    return target;
  }

  private static Map<String, String> address(AuditdEvent event) {
    for (SocketAddress address : event.derived().addresses()) {
      if (address.path() != null) {
        return named("socket", address.path());
      }
      if (address.host() != null) {
        return internet(address);
      }
    }
    return null;
  }

  private static Map<String, String> internet(SocketAddress address) {
    boolean six = address.host().indexOf(':') >= 0;
    String host = six ? '[' + address.host() + ']' : address.host();
    String port = address.port();
    Map<String, String> target = named("address", port == null ? host : host + ':' + port);
    put(target, "address", address.host());
    put(target, "port", port);
    return target;
  }

  private static Map<String, String> other(AuditdEvent event) {
    Map<String, String> process = named("process", event.first("ocomm"));
    if (process != null) {
      put(process, "pid", event.first("opid"));
      return process;
    }
    String account = event.first("acct");
    return named("account", account == null ? event.first("id") : account);
  }

  private static Map<String, String> named(String kind, String name) {
    if (name == null) {
      return null;
    }
    Map<String, String> party = new LinkedHashMap<>();
    party.put("kind", kind);
    party.put("name", name);
    return party;
  }

  private static String firstOf(List<String> values, String otherwise) {
    return values.isEmpty() ? otherwise : values.get(0);
  }

  private static void put(Map<String, String> party, String key, String value) {
    if (value != null) {
      party.put(key, value);
    }
  }

  private static void putFirst(Map<String, String> party, String key, List<String> values) {
    put(party, key, firstOf(values, null));
  }
}
