package io.stridewatch.deploy;

import io.stridewatch.Collector;
import io.stridewatch.collector.LossCollector;
import io.stridewatch.collector.PemTls;
import io.stridewatch.collector.auditd.AuditLogCollector;
import io.stridewatch.collector.auditd.AuditStreamCollector;
import io.stridewatch.collector.auditd.AuditedHost;
import io.stridewatch.collector.auditd.HostFacts;
import io.stridewatch.collector.auditd.KernelLoss;
import io.stridewatch.collector.kubernetes.ApiServerLoss;
import io.stridewatch.collector.kubernetes.AuditWebhookCollector;
import io.stridewatch.collector.kubernetes.KubernetesLogCollector;
import io.stridewatch.collector.kubernetes.MetricsAddress;
import io.stridewatch.collector.kubernetes.WebhookAddress;
import io.stridewatch.deploy.settings.HostPort;
import io.stridewatch.deploy.settings.Secret;
import io.stridewatch.deploy.settings.Setting;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Watch;
import io.stridewatch.deploy.settings.Watch.Choice;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is watched: the sources that were set, and, for {@code run}, those that are where they
 * usually are. Says of each what it found, what it did not, and how to get it.
 */
final class Sources {
  private static final Path AUDIT_LOG = Path.of("/var/log/audit/audit.log");
  private static final Path KUBERNETES_LOG = Path.of("/var/log/kubernetes/audit.log");

  private final Settings settings;
  private final boolean find;
  private final Path cursors;
  private final List<Collector> collectors = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  private Sources(Settings settings, boolean find, Path data) {
    this.settings = settings;
    this.find = find;
    this.cursors = cursors(data);
  }

  /** Where collectors keep how far they have read. */
  static Path cursors(Path data) {
    return data.resolve("cursors");
  }

  /**
   * Looks for them.
   *
   * @param find whether sources that were not set are looked for
   * @param data directory below which they keep how far they have read
   */
  static Sources of(Settings settings, boolean find, Path data) {
    Sources sources = new Sources(settings, find, data);
    new DockerSources(settings, find, cursors(data), sources.collectors::add)
        .told()
        .forEach(line -> sources.told("docker", line));
    sources.auditd();
    sources.webhook();
    sources.kubernetesLog();
    sources.kubernetesMetrics();
    return sources;
  }

  /** One for each source that is watched. */
  List<Collector> collectors() {
    return List.copyOf(collectors);
  }

  /** A line for each source: what is watched, or what is missing and how to get it. */
  List<String> told() {
    return List.copyOf(told);
  }

  private void auditd() {
    Optional<String> log = address(Settings.AUDITD, AUDIT_LOG, "");
    if (log.isEmpty()) {
      missing(
          "auditd",
          Settings.AUDITD,
          "no log at "
              + AUDIT_LOG
              + "; install auditd, load deploy/audit.rules, or name the log with --auditd PATH");
    } else if (log.get().equals("-")) {
      InputStream in = System.in;
      collectors.add(
          AuditStreamCollector.plugin(
              in, settings.value(Settings.SCOPE), InstantSource.system(), thisMachine()));
      told("auditd", "reading standard input, as a plug-in of auditd");
    } else if (readable("auditd", Path.of(log.get()), "root or group adm")) {
      auditd(Path.of(log.get()));
    }
  }

  private void auditd(Path path) {
    String scope = settings.value(Settings.SCOPE);
    boolean own = isSocket(path) || path.equals(AUDIT_LOG); // This machine's.
    if (own) {
      collectors.add(
          new LossCollector(
              "auditd kernel",
              new KernelLoss(scope, cursors.resolve("kernel"), InstantSource.system())));
      collectors.add(
          new LossCollector("auditd host", new HostFacts(scope, InstantSource.system())));
    }
    if (isSocket(path)) {
      socket(path, scope);
      return;
    }
    collectors.add(
        new AuditLogCollector(
            path,
            cursors.resolve("auditd"),
            false,
            scope,
            InstantSource.system(),
            own ? thisMachine() : AuditedHost.elsewhere()));
    told("auditd", "watching " + path + " (rules that it needs: auditctl -R deploy/audit.rules)");
  }

  private void socket(Path path, String scope) {
    Watch watch = settings.value(Settings.AUDITD_LOG);
    Path log = watch.choice() == Choice.AT ? Path.of(watch.address()) : AUDIT_LOG;
    boolean backed = watch.choice() != Choice.OFF && Files.isReadable(log);
    collectors.add(
        AuditStreamCollector.socket(
            path,
            scope,
            InstantSource.system(),
            thisMachine(),
            backed ? log : null,
            cursors.resolve("auditd-socket")));
    String missed =
        backed
            ? "what it misses is read from " + log
            : "what is written while nobody does is lost, for " + log + " may not be read";
    told("auditd", "connecting to " + path + "; " + missed);
  }

  private AuditedHost thisMachine() {
    return AuditedHost.thisMachine(settings.value(Settings.SCOPE), InstantSource.system());
  }

  private static boolean isSocket(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isOther();
    } catch (IOException e) {
      return false;
    }
  }

  private void webhook() {
    Optional<HostPort> listen = settings.value(Settings.KUBERNETES_WEBHOOK);
    if (listen.isEmpty()) {
      if (find) {
        told(
            "kubernetes",
            "no webhook; receive the API server's audit with --kubernetes-webhook HOST:PORT");
      }
      return;
    }
    WebhookAddress address =
        new WebhookAddress(
            listen.get().host(),
            listen.get().port(),
            settings.value(Settings.KUBERNETES_WEBHOOK_CERT).orElse(null),
            settings.value(Settings.KUBERNETES_WEBHOOK_KEY).orElse(null),
            settings.value(Settings.KUBERNETES_WEBHOOK_CLIENT_CA).orElse(null),
            settings.value(Settings.KUBERNETES_WEBHOOK_TOKEN).map(Secret::text).orElse(""),
            settings.value(Settings.KUBERNETES_WEBHOOK_TOKEN).map(Secret::file).orElse(null));
    collectors.add(
        new AuditWebhookCollector(
            address, settings.value(Settings.CLUSTER), InstantSource.system()));
    told("kubernetes", "receiving the audit webhook at " + listen.get() + "/k8s-audit");
  }

  private void kubernetesLog() {
    Optional<String> log = address(Settings.KUBERNETES_LOG, KUBERNETES_LOG, "");
    if (log.isPresent() && readable("kubernetes", Path.of(log.get()), "root")) {
      Path path = Path.of(log.get());
      collectors.add(
          new KubernetesLogCollector(
              path,
              cursors.resolve("kubernetes-log"),
              false,
              settings.value(Settings.CLUSTER),
              InstantSource.system()));
      told("kubernetes", "watching " + path);
    }
  }

  private void kubernetesMetrics() {
    Optional<URI> uri = settings.value(Settings.KUBERNETES_METRICS);
    if (uri.isEmpty()) {
      return;
    }
    Optional<Secret> token = settings.value(Settings.KUBERNETES_METRICS_TOKEN);
    MetricsAddress address =
        new MetricsAddress(
            uri.get(),
            new PemTls(
                settings.value(Settings.KUBERNETES_METRICS_CA).orElse(null),
                settings.value(Settings.KUBERNETES_METRICS_CERT).orElse(null),
                settings.value(Settings.KUBERNETES_METRICS_KEY).orElse(null)),
            token.map(Secret::text).orElse(""),
            token.map(Secret::file).orElse(null));
    collectors.add(
        new LossCollector(
            "kubernetes metrics " + uri.get(),
            new ApiServerLoss(
                address,
                settings.value(Settings.CLUSTER),
                cursors.resolve("kubernetes-metrics"),
                InstantSource.system())));
    told("kubernetes", "asking " + uri.get() + " what the API server could not audit");
  }

  /**
   * What was set; else, when sources are looked for, where it usually is, if something is there.
   */
  private Optional<String> address(Setting<Watch> setting, Path usual, String scheme) {
    Watch watch = settings.value(setting);
    if (watch.choice() == Choice.AT) {
      return Optional.of(watch.address());
    }
    boolean there = find && watch.choice() == Choice.FIND && !Files.notExists(usual);
    return there ? Optional.of(scheme + usual) : Optional.empty();
  }

  private boolean readable(String source, Path path, String who) {
    boolean hidden = !Files.notExists(path) && !Files.isReadable(path);
    if (hidden) {
      told(source, "may not read " + path + ": run as " + who);
    }
    return !hidden;
  }

  private void missing(String source, Setting<Watch> setting, String what) {
    if (settings.value(setting).choice() == Choice.OFF) {
      told(source, "off");
    } else if (find) {
      told(source, what);
    }
  }

  private void told(String source, String what) {
    told.add("%-11s %s".formatted(source, what));
  }
}
