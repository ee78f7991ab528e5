package io.stridewatch.deploy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Source;
import io.stridewatch.collector.SourceRecords;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.settings.HostPort;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Span;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.deploy.settings.WrongSettingsException;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.sink.AlertOutput;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.screen.Browser;
import io.stridewatch.sink.screen.Page;
import io.stridewatch.sink.view.Remark;
import io.stridewatch.stream.AlertTail;
import io.stridewatch.stream.EventWriter;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Loads what the commands load, for the launcher's archive of classes: starts everything on an
 * empty directory, asks it what {@code tail} and {@code status} ask, and stops it.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 20;

  @Parameters(paramLabel = "DIR", description = "An empty directory.")
  private Path directory;

  @Option(names = "--collect", paramLabel = "FILE", description = "An archive for collect alone.")
  private Path collect;

  @Option(names = "--collect-path", paramLabel = "JARS", description = "Its class path.")
  private String collectPath = System.getProperty("java.class.path");

  @Override
  public Integer call() throws IOException, InterruptedException, WrongSettingsException {
    Map<String, List<String>> flags =
        Map.of("data", List.of(directory.toString()), "sink", List.of("terminal=json"));
    Settings settings = Settings.read(flags, Surroundings.here());
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Workers workers = new Workers()) {
      workers.closing("metrics of the JVM", JvmMetrics.of(metrics));
      DataDirectory data = DataDirectory.open(directory);
      workers.closing("data directory", data);
      Stages stages = new Stages(settings, data, workers, metrics);
      Kafka kafka = stages.kafka();
      stages.detect(stages.rules());
      stages.deliver();
      stages.collect(List.of());
      HttpEndpoint http = new HttpEndpoint(metrics, stages::ready, stages::refresh);
      workers.closing("http", http);
      http.listen(new HostPort("127.0.0.1", 0), true);
      ask(kafka);
      if (collect != null) {
        Path own = directory.resolveSibling("collector");
        new WarmUpCollector(own, collectPath, kafka).archive(collect);
      }
    }
    return 0;
  }

  /** Calls what people call most, as they do. */
  private void ask(Kafka kafka) throws IOException, InterruptedException {
    raise(kafka);
    Alert alert = AlertJson.read(AlertJson.line(TestAlert.in("warm-up")));
    Remark remark = new Remark(Remark.Kind.ACK, alert.id(), Instant.now(), "warm-up", "");
    ViewsTopic.write(kafka, remark.key(), remark.line());
    call("tail", "--data=" + directory, "--follow=false", "--since=1h");
    call("status", "--data=" + directory);
    Browser browser = new Browser(InstantSource.system(), Span::of);
    browser.alert(alert);
    System.out.print(Page.of(browser).lines());
    for (String form : List.of("line", "wide", "pretty", "whole", "json")) {
      System.out.print(AlertOutput.of(form, new Terminal(80, true, 24)).text().apply(alert));
    }
  }

  /** Has a rule speak, so that there is an alert to read. */
  private static void raise(Kafka kafka) throws IOException, InterruptedException {
    Rule rule =
        RuleSet.builtIn().rules().stream()
            .filter(each -> each.name().equals("privileged-container"))
            .findFirst()
            .orElseThrow();
    byte[] raw = rule.examples().get(0).records().get(0).getBytes(StandardCharsets.UTF_8);
    try (EventWriter events = new EventWriter(kafka, 1 << 20)) {
      events.emit(List.of(SourceRecords.of(Source.DOCKER, "", "warm-up", raw)));
    }
    AlertTail alerts = new AlertTail(kafka);
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(alerts::close);
    alerts.read(Instant.MIN, true, alert -> alerts.close());
  }

  private static void call(String... arguments) {
    Stridewatch.commandLine(arguments).execute(arguments);
  }
}
