package io.stridewatch.deploy.doctor;

import io.stridewatch.collector.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The kernel's audit: whether auditd runs and writes, auditing is on, nothing was lost, and the
 * rules are loaded that {@code audit.rules} has. Asks auditctl, which needs root (CAP_AUDIT_CONTROL
 * and CAP_AUDIT_READ, auditctl(8)).
 */
final class AuditdCheck {
  private static final String AREA = "auditd";
  private static final Pattern KEY = Pattern.compile("(?:-k |-F key=|key=)(\\S+)");
  private static final Pattern PATH = Pattern.compile("(?:-w |-F (?:path|dir)=)(/\\S+)");

  private final Program program;
  private final Path rules;
  private final Path log;
  private final Path configuration;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Nothing is asked yet.
   *
   * @param rules our own {@code audit.rules}
   * @param log that is watched
   * @param configuration {@code auditd.conf}
   */
  AuditdCheck(Program program, Path rules, Path log, Path configuration) {
    this.program = program;
    this.rules = rules;
    this.log = log;
    this.configuration = configuration;
  }

  List<Finding> findings() throws InterruptedException {
    log();
    Optional<List<String>> status = program.lines("auditctl", "-s");
    if (status.isEmpty()) {
      findings.add(
          Finding.note(
              AREA,
              "auditctl is not there or may not ask the kernel, so its state and rules are not known",
              "install auditd, and run doctor as root"));
      return findings;
    }
    status(fields(status.get()));
    rules(program.lines("auditctl", "-l").orElse(List.of()));
    nodes();
    return findings;
  }

  private void log() {
    if (Files.notExists(log)) {
      findings.add(
          Finding.note(AREA, "no log at " + log, "apt-get install auditd, or --auditd PATH"));
    } else if (!Files.isReadable(log)) {
      findings.add(
          Finding.fault(
              AREA,
              "may not read " + log,
              "run as root, or: usermod -aG adm USER, and log_group = adm in auditd.conf"));
    } else {
      findings.add(Finding.ok(AREA, "can read " + log));
    }
  }

  private static Map<String, String> fields(List<String> lines) {
    Map<String, String> fields = new HashMap<>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", 2);
      if (words.length == 2) {
        fields.put(words[0], words[1]);
      }
    }
    return fields;
  }

  private void status(Map<String, String> status) {
    if (status.getOrDefault("enabled", "").equals("0")) {
      findings.add(Finding.fault(AREA, "auditing is switched off in the kernel", "auditctl -e 1"));
    }
    if (status.getOrDefault("pid", "0").equals("0")) {
      findings.add(
          Finding.fault(
              AREA, "no audit daemon takes the kernel's records", "service auditd start"));
    } else {
      findings.add(Finding.ok(AREA, "auditd runs with pid " + status.get("pid")));
    }
    String lost = status.getOrDefault("lost", "0");
    if (!lost.equals("0")) {
      findings.add(
          Finding.fault(
              AREA,
              "the kernel has lost " + lost + " audit records since boot",
              "auditctl -b 8192, then auditctl --reset-lost; fewer rules where they are too many"));
    }
  }

  private void rules(List<String> loaded) {
    Set<String> there = loaded.stream().flatMap(AuditdCheck::keys).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>(wanted());
    missing.removeAll(there);
    if (missing.isEmpty()) {
      findings.add(Finding.ok(AREA, "the rules of " + rules + " are loaded"));
    } else {
      findings.add(
          Finding.fault(
              AREA,
              missing.size() + " kinds of rules are not loaded: " + String.join(" ", missing),
              "auditctl -R "
                  + rules
                  + ", or copy it to /etc/audit/rules.d/60-stridewatch.rules and augenrules --load"));
    }
  }

  /** Keys of rules that can be loaded here: what they watch lies in a directory that is there. */
  private Set<String> wanted() {
    try {
      return Files.readAllLines(rules).stream()
          .filter(line -> line.startsWith("-w ") || line.startsWith("-a always"))
          .filter(AuditdCheck::loadable)
          .flatMap(AuditdCheck::keys)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      findings.add(Finding.note(AREA, "no rules at " + rules + " to compare with", ""));
      return Set.of();
    }
  }

  private static boolean loadable(String rule) {
    Matcher path = PATH.matcher(rule);
    if (!path.find()) {
      return true;
    }
    Path watched = Path.of(path.group(1));
    boolean made = watched.startsWith("/proc") || watched.startsWith("/sys");
    return Files.exists(watched)
        || !made
            && rule.startsWith("-w ")
            && Files.exists(watched.getParent())
            && !rule.contains("-F dir=");
  }

  private static java.util.stream.Stream<String> keys(String rule) {
    return KEY.matcher(rule).results().map(found -> found.group(1));
  }

  /** Records of several hosts in one log are told apart by node= alone. */
  private void nodes() {
    try {
      Map<String, String> settings = new HashMap<>();
      for (String line : Files.readAllLines(configuration)) {
        String[] pair = line.split("=", 2);
        if (pair.length == 2 && !line.startsWith("#")) {
          settings.put(pair[0].strip(), pair[1].strip());
        }
      }
      boolean unnamed = settings.getOrDefault("name_format", "NONE").equalsIgnoreCase("none");
      if (settings.containsKey("tcp_listen_port") && unnamed) {
        findings.add(
            Finding.fault(
                AREA,
                "auditd takes records of other hosts and names none: node is ambiguous",
                "name_format = HOSTNAME in "
                    + configuration
                    + " of each host, then restart auditd"));
      }
    } catch (IOException e) {
      findings.add(Finding.note(AREA, "can't read " + configuration, "run doctor as root"));
    }
  }
}
