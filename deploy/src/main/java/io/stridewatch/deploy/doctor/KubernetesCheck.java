package io.stridewatch.deploy.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An API server that runs on this machine: whether it audits, and tells enough. */
final class KubernetesCheck {
  private static final String AREA = "kubernetes";
  private static final Pattern BODIES =
      Pattern.compile("(?m)^\\s*-?\\s*level:\\s*[\"']?Request(Response)?[\"']?\\s*$");
  private static final Pattern RESPONSE_STARTED =
      Pattern.compile("omitStages:[^a-z]*ResponseStarted");

  private final Path processes;
  private final Path root;

  /**
   * Nothing is looked at yet.
   *
   * @param processes {@code /proc}
   * @param root of the files that the API server names
   */
  KubernetesCheck(Path processes, Path root) {
    this.processes = processes;
    this.root = root;
  }

  List<Finding> findings() {
    return server()
        .map(this::of)
        .orElse(List.of(Finding.ok(AREA, "no API server runs on this machine")));
  }

  private Optional<List<String>> server() {
    try (Stream<Path> all = Files.list(processes)) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .map(KubernetesCheck::arguments)
          .filter(arguments -> !arguments.isEmpty())
          .filter(arguments -> arguments.get(0).matches("(.*/)?kube-apiserver"))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A process may end while it is looked at. */
  private static List<String> arguments(Path process) {
    try {
      byte[] line = Files.readAllBytes(process.resolve("cmdline"));
      return Arrays.stream(new String(line, StandardCharsets.UTF_8).split("\0")).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<Finding> of(List<String> arguments) {
    List<Finding> findings = new ArrayList<>();
    Optional<String> policy = flag(arguments, "audit-policy-file");
    if (policy.isEmpty()) {
      findings.add(
          Finding.fault(
              AREA,
              "the API server audits nothing: it has no --audit-policy-file",
              "deploy/kubernetes/README.md: the policy and the flags"));
      return findings;
    }
    policy(policy.get(), findings);
    boolean log = flag(arguments, "audit-log-path").isPresent();
    boolean webhook = flag(arguments, "audit-webhook-config-file").isPresent();
    if (!log && !webhook) {
      findings.add(
          Finding.fault(
              AREA,
              "the API server has a policy and tells nobody: no log, no webhook",
              "--audit-log-path or --audit-webhook-config-file: deploy/kubernetes/README.md"));
    } else if (!log) {
      findings.add(
          Finding.note(
              AREA,
              "only a webhook is set: a batch that can't be encoded or sent for 80 s is lost unseen",
              "--audit-log-path as well, and --kubernetes-log PATH here"));
    } else {
      findings.add(Finding.ok(AREA, "the API server audits"));
    }
    return findings;
  }

  private static Optional<String> flag(List<String> arguments, String name) {
    String flag = "--" + name;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(flag + "=")) {
        return Optional.of(argument.substring(flag.length() + 1));
      }
      if (argument.equals(flag) && i + 1 < arguments.size()) {
        return Optional.of(arguments.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private void policy(String file, List<Finding> findings) {
    try {
      String policy = Files.readString(root.resolve(file.replaceFirst("^/+", "")));
      if (!BODIES.matcher(policy).find()) {
        findings.add(
            Finding.fault(
                AREA,
                "the audit policy "
                    + file
                    + " records no bodies: a privileged pod looks like any"
                    + " other",
                "level RequestResponse for workloads, as deploy/kubernetes/audit-policy.yaml has it"));
      }
      if (RESPONSE_STARTED.matcher(policy).find()) {
        findings.add(
            Finding.fault(
                AREA,
                "the audit policy "
                    + file
                    + " omits ResponseStarted: refused logins (401) have no"
                    + " other stage",
                "take ResponseStarted out of omitStages"));
      }
    } catch (IOException e) {
      findings.add(Finding.note(AREA, "can't read the audit policy " + file, "run doctor as root"));
    }
  }
}
