package io.stridewatch.deploy.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to undo before stridewatch is taken away, in the order that stops nothing else: first what
 * waits for it, then what writes to it, then what it kept. Only tells; changes nothing.
 */
public final class Removal {
  private final Path root;
  private final Path data;

  /**
   * Nothing is looked at yet.
   *
   * @param root of the file system, {@code /}
   */
  public Removal(Path root, Path data) {
    this.root = root;
    this.data = data;
  }

  /** The steps, those that this machine needs marked as found. */
  public List<String> steps() {
    List<String> steps = new ArrayList<>();
    step(
        steps,
        mentions("etc/docker/daemon.json", "authorization-plugins"),
        "/etc/docker/daemon.json names an authorisation plug-in: take stridewatch out of"
            + " authorization-plugins, then kill -HUP $(cat /run/docker.pid). Before anything is"
            + " stopped: without the plug-in the engine refuses every call");
    step(
        steps,
        mentions("etc/kubernetes/manifests/kube-apiserver.yaml", "audit-webhook-config-file"),
        "the API server has --audit-webhook-config-file: take it out if it leads here. Before the"
            + " webhook is stopped: in a blocking mode requests wait for it");
    step(
        steps,
        mentionedIn("etc/audit/plugins.d"),
        "a file in /etc/audit/plugins.d starts stridewatch: set active = no, then kill -HUP of"
            + " auditd");
    steps.add("stop stridewatch (its service, or SIGTERM to its process)");
    step(
        steps,
        Files.exists(root.resolve("etc/audit/rules.d/60-stridewatch.rules")),
        "rm /etc/audit/rules.d/60-stridewatch.rules, then augenrules --load; rules that were loaded"
            + " by hand go with auditctl -D, which takes all others too");
    step(
        steps,
        Files.exists(data),
        data + " holds events, alerts and cursors: keep it as evidence, or delete it last");
    return steps;
  }

  private static void step(List<String> steps, boolean found, String what) {
    if (found) {
      steps.add(what);
    }
  }

  private boolean mentions(String file, String word) {
    try {
      return Files.readString(root.resolve(file)).contains(word);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean mentionedIn(String directory) {
    try (var files = Files.list(root.resolve(directory))) {
      return files.anyMatch(file -> mentions(root.relativize(file).toString(), "stridewatch"));
    } catch (IOException e) {
      return false;
    }
  }
}
