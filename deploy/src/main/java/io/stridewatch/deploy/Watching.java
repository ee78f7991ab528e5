package io.stridewatch.deploy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.settings.HostPort;
import io.stridewatch.deploy.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * A command that stays: puts its stages to work, serves metrics and health, and ends in order when
 * it is told to.
 */
final class Watching {
  private final Settings settings;
  private final Path data;
  private final PrintWriter err;

  /** What a command puts to work. */
  interface Setup {
    void start(Stages stages) throws IOException, InterruptedException;
  }

  /**
   * Nothing happens yet.
   *
   * @param data directory that this process has for itself
   */
  Watching(Settings settings, Path data, PrintWriter err) {
    this.settings = settings;
    this.data = data;
    this.err = err;
  }

  /** Works until a signal or a fault; the exit status. */
  int run(Setup setup) throws InterruptedException {
    settings.notes().forEach(note -> err.println("stridewatch: " + note));
    try (Workers workers = new Workers()) {
      Thread atExit = new Thread(workers::close, "orderly end");
      Runtime.getRuntime().addShutdownHook(atExit);
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      workers.closing("metrics of the JVM", JvmMetrics.of(metrics));
      DataDirectory directory = DataDirectory.open(data);
      workers.closing("data directory", directory);
      Stages stages = new Stages(settings, directory, workers, metrics);
      setup.start(stages);
      serve(stages, workers, metrics);
      return workers.await();
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private void serve(Stages stages, Workers workers, PrometheusMeterRegistry metrics) {
    HttpEndpoint http = new HttpEndpoint(metrics, stages::ready, stages::refresh);
    workers.closing("http", http);
    HostPort usual = settings.value(Settings.HTTP);
    HostPort address = http.listen(usual, !settings.given(Settings.HTTP));
    if (!settings.given(Settings.HTTP) && !address.equals(usual)) {
      err.println("stridewatch: " + usual + " is taken, so another port was; --http chooses one");
    }
    err.println("%-11s http://%s/metrics and /health/ready".formatted("http", address));
  }
}
