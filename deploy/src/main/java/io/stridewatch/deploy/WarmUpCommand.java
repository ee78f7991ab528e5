package io.stridewatch.deploy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.settings.HostPort;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.deploy.settings.WrongSettingsException;
import io.stridewatch.stream.AlertTail;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.LedgerReading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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
      new AlertTail(kafka).read(Instant.MIN, false, alert -> {});
      LedgerReading.of(kafka);
    }
    return 0;
  }
}
