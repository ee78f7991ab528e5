package io.stridewatch.deploy.settings;

import io.stridewatch.Severity;
import io.stridewatch.deploy.settings.Setting.Group;
import io.stridewatch.rule.falco.Priority;
import io.stridewatch.rule.falco.ThreatTable;
import io.stridewatch.sink.SinkAddress;
import io.stridewatch.sink.route.Route;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of one run of the program. Immutable. */
public final class Settings {
  public static final Setting<Optional<Path>> CONFIG =
      Setting.file(Group.ALL, "config", "YAML file of settings.");

  public static final Setting<List<Watch>> DOCKER =
      Setting.list(
              Group.SOURCES,
              "docker",
              "ADDRESS|off",
              text -> Watch.at(text, Texts::dockerAddress),
              "Docker engine to watch; repeatable.")
          .otherwise(here -> List.of(Watch.FIND), "where run finds it");
  public static final Setting<Optional<Path>> DOCKER_CA =
      Setting.file(Group.SOURCES, "docker-ca", "CA certificate of a tcp:// engine (PEM).");
  public static final Setting<Optional<Path>> DOCKER_CERT =
      Setting.file(Group.SOURCES, "docker-cert", "Client certificate shown to it (PEM).");
  public static final Setting<Optional<Path>> DOCKER_KEY =
      Setting.file(Group.SOURCES, "docker-key", "Key of that certificate (PEM).");
  public static final Setting<Optional<Path>> DOCKER_AUTHZ =
      Setting.optional(
          Group.SOURCES,
          "docker-authz",
          "SOCKET",
          Texts::path,
          "Listen as an authorisation plug-in of the engine's: /run/docker/plugins/NAME.sock.");
  public static final Setting<Watch> AUDITD =
      Setting.watch(
          "auditd",
          "PATH|-|off",
          Texts::visible,
          "The audit log, auditd's af_unix socket, or - for its plug-in on standard input.");
  public static final Setting<Watch> AUDITD_LOG =
      Setting.watch(
          "auditd-log",
          "PATH|off",
          Texts::visible,
          "The log from which is read what auditd's socket missed.");
  public static final Setting<Optional<HostPort>> KUBERNETES_WEBHOOK =
      Setting.optional(
          Group.SOURCES,
          "kubernetes-webhook",
          "HOST:PORT",
          HostPort::of,
          "Receive the API server's audit webhook, at /k8s-audit.");
  public static final Setting<Optional<Path>> KUBERNETES_WEBHOOK_CERT =
      Setting.file(Group.SOURCES, "kubernetes-webhook-cert", "The webhook's certificate (PEM).");
  public static final Setting<Optional<Path>> KUBERNETES_WEBHOOK_KEY =
      Setting.file(Group.SOURCES, "kubernetes-webhook-key", "Key of that certificate (PEM).");
  public static final Setting<Optional<Path>> KUBERNETES_WEBHOOK_CLIENT_CA =
      Setting.file(
          Group.SOURCES, "kubernetes-webhook-client-ca", "CA of the API servers' certificates.");
  public static final Setting<Optional<Secret>> KUBERNETES_WEBHOOK_TOKEN =
      Setting.secret(
          Group.SOURCES, "kubernetes-webhook-token", "Bearer token that API servers must send.");
  public static final Setting<Watch> KUBERNETES_LOG =
      Setting.watch(
          "kubernetes-log", "PATH|off", Texts::visible, "The API server's audit log to follow.");
  public static final Setting<Optional<URI>> KUBERNETES_METRICS =
      Setting.optional(
          Group.SOURCES,
          "kubernetes-metrics",
          "URL",
          Texts::metrics,
          "The API server's https://HOST:6443/metrics, which says what it could not audit.");
  public static final Setting<Optional<Path>> KUBERNETES_METRICS_CA =
      Setting.file(Group.SOURCES, "kubernetes-metrics-ca", "CA of its certificate (PEM).");
  public static final Setting<Optional<Path>> KUBERNETES_METRICS_CERT =
      Setting.file(
          Group.SOURCES, "kubernetes-metrics-cert", "Client certificate shown to it (PEM).");
  public static final Setting<Optional<Path>> KUBERNETES_METRICS_KEY =
      Setting.file(Group.SOURCES, "kubernetes-metrics-key", "Key of that certificate (PEM).");
  public static final Setting<Optional<Secret>> KUBERNETES_METRICS_TOKEN =
      Setting.secret(
          Group.SOURCES, "kubernetes-metrics-token", "Bearer token of a service account for it.");
  public static final Setting<String> SCOPE =
      Setting.one(Group.SOURCES, "scope", "NAME", Texts::visible, "What this host is called.")
          .otherwise(Surroundings::machine, "the machine's own name");
  public static final Setting<String> CLUSTER =
      Setting.one(Group.SOURCES, "cluster", "NAME", Texts::visible, "What this cluster is called.")
          .otherwise(Surroundings::machine, "the machine's own name");

  public static final Setting<Duration> SILENCE =
      Setting.one(
              Group.SOURCES,
              "silence",
              "DURATION",
              Span::of,
              "How long a source may be unheard or unreadable before that is an alert.")
          .otherwise(here -> Duration.ofSeconds(30), "30s");

  public static final Setting<Optional<String>> KAFKA =
      Setting.optional(
          Group.KAFKA,
          "kafka",
          "HOST:PORT",
          Texts::brokers,
          "An existing Kafka instead of the embedded one; several parted by commas.");
  public static final Setting<Optional<Path>> KAFKA_CONFIG =
      Setting.file(Group.KAFKA, "kafka-config", "Properties of Kafka's clients: its security.");
  public static final Setting<String> TOPIC_PREFIX =
      Setting.one(Group.KAFKA, "topic-prefix", "WORD", Texts::topicWord, "First word of topics.")
          .otherwise(here -> "stridewatch", "stridewatch");
  public static final Setting<Integer> MAX_RECORD =
      Setting.one(
              Group.KAFKA, "max-record", "SIZE", Texts::recordSize, "Largest record kept whole.")
          .otherwise(here -> 32 << 20, "32MiB");
  public static final Setting<Path> DATA =
      Setting.one(Group.KAFKA, "data", "DIR", Texts::path, "Embedded broker, cursors, caches.")
          .otherwise(
              Surroundings::data,
              "/var/lib/stridewatch as root, else stridewatch in $XDG_STATE_HOME or ~/.local/state");

  public static final Setting<Long> BUFFER =
      Setting.one(
              Group.SOURCES,
              "buffer",
              "SIZE",
              Texts::bufferSize,
              "Disk for records that came while Kafka was away or slow.")
          .otherwise(here -> 1L << 30, "1GiB");
  public static final Setting<Room> MIN_FREE =
      Setting.one(
              Group.SOURCES,
              "min-free",
              "SIZE|N%",
              Room::of,
              "Room on the disk of --data below which nothing is kept and no source acknowledged.")
          .otherwise(here -> Room.USUAL, "1GiB, or 5% of a disk that is smaller than 20GiB");
  public static final Setting<Boolean> FSYNC =
      Setting.toggle(
          Group.KAFKA,
          "fsync",
          "The embedded broker has each record on the disk before it acknowledges it.");

  public static final Setting<List<Path>> RULES =
      Setting.list(
          Group.RULES,
          "rules",
          "PATH",
          Texts::path,
          "Rule file or directory, in place of the built-in rules; repeatable.");
  public static final Setting<Boolean> WITH_DEFAULT_RULES =
      Setting.toggle(Group.RULES, "with-default-rules", "The built-in rules beside --rules.");
  public static final Setting<Boolean> STRICT =
      Setting.toggle(Group.RULES, "strict", "Stop at a faulty rule rather than go on without it.");
  public static final Setting<String> FALCO_RULE_MATCHING =
      Setting.one(
              Group.RULES,
              "falco-rule-matching",
              "all|first",
              Texts::matching,
              "Of Falco's rules that match, all speak or the first alone.")
          .otherwise(here -> "all", "all");
  public static final Setting<Priority> FALCO_PRIORITY =
      Setting.one(
              Group.RULES,
              "falco-priority",
              "PRIORITY",
              Priority::of,
              "Falco's rules of less priority are not there at all.")
          .otherwise(here -> Priority.DEBUG, "debug");
  public static final Setting<ThreatTable> FALCO_THREATS =
      Setting.one(
              Group.RULES,
              "falco-threats",
              "FILE",
              Texts::threats,
              "What Falco's rules are about: a line a rule, its name, letters, rows, parted by bars.")
          .otherwise(here -> ThreatTable.shipped(), "the rules that Falco ships");

  public static final Setting<List<SourceLateness>> LATENESS =
      Setting.list(
              Group.RULES,
              "lateness",
              "SOURCE=DURATION",
              SourceLateness::of,
              "How late a source's records may come and still be counted; repeatable.")
          .otherwise(here -> List.of(), "5s, and 130s for a Kubernetes webhook");

  public static final Setting<List<SinkAddress>> SINKS =
      Setting.list(
          Group.SINKS,
          "sink",
          "[NAME:]KIND[=ADDRESS]",
          SinkAddress::of,
          "Where alerts go: file=PATH, terminal, terminal=json, kafka=TOPIC, webhook=URL, syslog=URL, elasticsearch=URL, splunk=URL, otlp=URL; repeatable.");
  public static final Setting<Boolean> SINK_FROM_START =
      Setting.toggle(Group.SINKS, "sink-from-start", "Give a new sink all alerts that are kept.");
  public static final Setting<Severity> SEVERITY =
      Setting.one(Group.SINKS, "severity", "LEVEL", Severity::of, "Sinks leave out what is less.")
          .otherwise(here -> Severity.LOW, "low");

  public static final Setting<Optional<Route>> ROUTES =
      Setting.optional(
          Group.SINKS,
          "routes",
          "FILE",
          RouteFile::read,
          "YAML tree of routes: which alerts go to which sinks, gathered or one by one.");

  public static final Setting<List<SinkLimit>> SINK_LIMIT =
      Setting.list(
          Group.SINKS,
          "sink-limit",
          "[NAME=]N",
          SinkLimit::of,
          "Messages a minute that a sink is told one by one, the rest as a digest; repeatable.");

  public static final Setting<HostPort> HTTP =
      Setting.one(Group.HTTP, "http", "HOST:PORT", HostPort::of, "Metrics and health.")
          .otherwise(here -> new HostPort("127.0.0.1", 9464), "127.0.0.1:9464");
  public static final Setting<Boolean> DEMO =
      Setting.toggle(Group.RUN, "demo", "Play bundled recordings as if they happened now.");

  /** Each of them, in the order of help. */
  public static final List<Setting<?>> ALL =
      List.of(
          CONFIG,
          DOCKER,
          DOCKER_CA,
          DOCKER_CERT,
          DOCKER_KEY,
          DOCKER_AUTHZ,
          AUDITD,
          AUDITD_LOG,
          KUBERNETES_WEBHOOK,
          KUBERNETES_WEBHOOK_CERT,
          KUBERNETES_WEBHOOK_KEY,
          KUBERNETES_WEBHOOK_CLIENT_CA,
          KUBERNETES_WEBHOOK_TOKEN,
          KUBERNETES_LOG,
          KUBERNETES_METRICS,
          KUBERNETES_METRICS_CA,
          KUBERNETES_METRICS_CERT,
          KUBERNETES_METRICS_KEY,
          KUBERNETES_METRICS_TOKEN,
          SCOPE,
          CLUSTER,
          SILENCE,
          BUFFER,
          MIN_FREE,
          KAFKA,
          KAFKA_CONFIG,
          TOPIC_PREFIX,
          MAX_RECORD,
          DATA,
          FSYNC,
          RULES,
          WITH_DEFAULT_RULES,
          STRICT,
          FALCO_RULE_MATCHING,
          FALCO_PRIORITY,
          FALCO_THREATS,
          LATENESS,
          SINKS,
          SINK_FROM_START,
          SEVERITY,
          ROUTES,
          SINK_LIMIT,
          HTTP,
          DEMO);

  private final SettingsReading reading;
  private final Surroundings surroundings;

  private Settings(SettingsReading reading, Surroundings surroundings) {
    this.reading = reading;
    this.surroundings = surroundings;
  }

  /**
   * Reads them from the command line, the environment and the file that either names.
   *
   * @param flags the texts given to each flag, by its setting's key; of a switch {@code true}
   * @throws WrongSettingsException with all faults at once
   */
  public static Settings read(Map<String, List<String>> flags, Surroundings surroundings)
      throws WrongSettingsException {
    SettingsReading reading = new SettingsReading(ALL);
    Optional<Path> file = SettingsReading.configFile(flags, surroundings.environment());
    file.ifPresent(reading::file);
    reading.environment(surroundings.environment());
    reading.flags(flags);
    Settings settings = new Settings(reading, surroundings);
    reading.faults().addAll(Together.faults(settings));
    if (!reading.faults().isEmpty()) {
      throw new WrongSettingsException(reading.faults());
    }
    return settings;
  }

  /** The setting's value, or what it is otherwise. */
  public <T> T value(Setting<T> setting) {
    return reading.value(setting).orElseGet(() -> setting.otherwise().apply(surroundings));
  }

  /** Whether somebody set it. */
  public boolean given(Setting<?> setting) {
    return reading.where(setting).isPresent();
  }

  /** Where it was set, such as {@code stridewatch.yaml:7}; empty when it was not. */
  public String where(Setting<?> setting) {
    return reading.where(setting).orElse("");
  }

  /** What looks like a mistake but need not be one: a line each. */
  public List<String> notes() {
    return List.copyOf(reading.notes());
  }

  /** What was set, a line each, secrets as {@code ***}. */
  @Override
  public String toString() {
    return ALL.stream()
        .filter(this::given)
        .map(setting -> setting.name() + "=" + shown(value(setting)) + " from=" + where(setting))
        .collect(Collectors.joining("\n"));
  }

  private static String shown(Object value) {
    return value instanceof Optional<?> optional
        ? String.valueOf(optional.orElse(null))
        : value.toString();
  }
}
