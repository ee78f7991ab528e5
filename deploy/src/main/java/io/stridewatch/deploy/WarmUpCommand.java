package io.stridewatch.deploy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.settings.HostPort;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Span;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.deploy.settings.WrongSettingsException;
import io.stridewatch.sink.AlertOutput;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.screen.Browser;
import io.stridewatch.sink.screen.Page;
import io.stridewatch.sink.view.Remark;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Loads what the commands load, for the launcher's archive of classes: starts everything on an
 * empty directory, asks it what {@code tail} and {@code status} ask, and stops it.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "An empty directory.")
  private Path directory;

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
    }
    return 0;
  }

  /** Calls what people call most, as they do. */
  private void ask(Kafka kafka) throws IOException, InterruptedException {
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

  private static void call(String... arguments) {
    Stridewatch.commandLine(arguments).execute(arguments);
  }
}
