package io.stridewatch.sink.remote;

import io.stridewatch.Sink;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of sink whose target is a server. */
public enum Kind {
  /** Posts each alert to a URL. */
  WEBHOOK(
      "webhook",
      "https://HOST/PATH",
      Map.of("http", 80, "https", 443),
      Set.of(
          "form",
          "bearer",
          "basic",
          "hmac",
          "routing-key",
          "ca",
          "cert",
          "key",
          "http",
          "timeout")),
  /** Tells syslog receivers (RFC 5424). */
  SYSLOG(
      "syslog",
      "tls://HOST:6514",
      Map.of("udp", 514, "tcp", 601, "tls", 6514),
      Set.of("form", "facility", "max", "ca", "cert", "key", "timeout")),
  /** Writes documents to Elasticsearch or OpenSearch. */
  ELASTICSEARCH(
      "elasticsearch",
      "https://HOST:9200/INDEX",
      Map.of("http", 80, "https", 443),
      Set.of("form", "bearer", "basic", "api-key", "ca", "cert", "key", "http", "timeout")),
  /** Sends events to Splunk's HTTP Event Collector. */
  SPLUNK(
      "splunk",
      "https://HOST:8088#token=FILE",
      Map.of("http", 80, "https", 443),
      Set.of("form", "token", "index", "ca", "cert", "key", "http", "timeout")),
  /** Sends log records to an OpenTelemetry collector, or whatever takes OTLP over HTTP. */
  OTLP(
      "otlp",
      "https://HOST:4318",
      Map.of("http", 80, "https", 443),
      Set.of("bearer", "basic", "ca", "cert", "key", "http", "timeout"));

  private final String label;
  private final String example;
  private final Map<String, Integer> ports;
  private final Set<String> options;

  Kind(String label, String example, Map<String, Integer> ports, Set<String> options) {
    this.label = label;
    this.example = example;
    this.ports = ports;
    this.options = options;
  }

  /** The kind of that name, if there is one. */
  public static Optional<Kind> of(String label) {
    for (Kind kind : values()) {
      if (kind.label.equals(label)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** One address of each, for those who wrote none that is right. */
  public static String examples() {
    return Arrays.stream(values())
        .map(kind -> kind.label + "=" + kind.example)
        .collect(Collectors.joining(", "));
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException that says what is wrong with it and what would do
   */
  public Target target(String address) {
    Target target = Target.of(this, address);
    switch (this) {
      case WEBHOOK -> WebhookSink.check(target);
      case SYSLOG -> SyslogSink.message(target);
      case ELASTICSEARCH -> BulkRequest.of(target);
      case SPLUNK -> HecRequest.of(target);
      case OTLP -> OtlpLogs.url(target);
    }
    return target;
  }

  /**
   * Opens a sink; connects with the first alert.
   *
   * @throws IOException that says what to do, when a file that it needs can't be read
   */
  public Sink open(String name, Target target) throws IOException {
    return switch (this) {
      case WEBHOOK -> new WebhookSink(name, target, InstantSource.system());
      case SYSLOG -> new SyslogSink(name, target);
      case ELASTICSEARCH ->
          new BatchSink(name, new ElasticsearchBulk(target, InstantSource.system()));
      case SPLUNK -> new BatchSink(name, new SplunkHec(target, InstantSource.system()));
      case OTLP -> new BatchSink(name, new OtlpLogs(target, InstantSource.system()));
    };
  }

  String label() {
    return label;
  }

  String example() {
    return example;
  }

  /** Schemes that it speaks, and their ports. */
  Map<String, Integer> ports() {
    return ports;
  }

  Set<String> options() {
    return options;
  }
}
