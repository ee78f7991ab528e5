package io.stridewatch.deploy.doctor;

import io.stridewatch.collector.Program;
import io.stridewatch.collector.docker.DockerAddress;
import io.stridewatch.collector.docker.DockerQuestion;
import io.stridewatch.deploy.broker.Instance;
import io.stridewatch.deploy.settings.EngineAddress;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Watch;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all that stridewatch needs on this machine. Changes nothing; some seconds at most. */
public final class Doctor {
  private static final Path AUDIT_LOG = Path.of("/var/log/audit/audit.log");
  private static final Path AUDITD = Path.of("/etc/audit/auditd.conf");
  private static final String DOCKER = "unix:///var/run/docker.sock";
  private static final Path PLUGINS = Path.of("/run/docker/plugins");

  private final Settings settings;
  private final Path rules;

  /**
   * Nothing is looked at yet.
   *
   * @param rules our {@code audit.rules}
   */
  public Doctor(Settings settings, Path rules) {
    this.settings = settings;
    this.rules = rules;
  }

  /** All that was found, source by source. */
  public List<Finding> findings() throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>(sources());
    Path data = settings.value(Settings.DATA);
    Optional<Kafka> kafka = kafka(data);
    if (kafka.isPresent()) {
      findings.addAll(new InstanceCheck(kafka.get()).findings());
    } else {
      findings.add(Finding.note("instance", "none runs on " + data, "stridewatch run"));
    }
    return findings;
  }

  /** What was found of the sources and of the disk, without asking an instance. */
  public List<Finding> sources() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    List<Watch> engines = settings.value(Settings.DOCKER);
    if (!engines.contains(Watch.OFF)) {
      engines.forEach(engine -> findings.addAll(docker(engine)));
    }
    Watch audit = settings.value(Settings.AUDITD);
    if (audit.choice() != Watch.Choice.OFF) {
      Path log = audit.choice() == Watch.Choice.AT ? Path.of(audit.address()) : AUDIT_LOG;
      findings.addAll(new AuditdCheck(Program::run, rules, log, AUDITD).findings());
    }
    findings.addAll(new KubernetesCheck(Path.of("/proc"), Path.of("/")).findings());
    Path data = settings.value(Settings.DATA);
    long disk = data.toFile().getTotalSpace();
    long least = settings.value(Settings.MIN_FREE).of(disk == 0 ? Long.MAX_VALUE : disk);
    findings.addAll(new DiskCheck(data, least).findings());
    return findings;
  }

  private List<Finding> docker(Watch watch) {
    String address = watch.choice() == Watch.Choice.AT ? watch.address() : DOCKER;
    DockerAddress engine = EngineAddress.of(address, settings);
    return new DockerCheck(address, path -> DockerQuestion.ask(engine, path), PLUGINS).findings();
  }

  private Optional<Kafka> kafka(Path data) throws IOException {
    Optional<String> foreign = settings.value(Settings.KAFKA);
    if (foreign.isPresent()) {
      return Optional.of(
          Kafka.foreign(
              foreign.get(),
              settings.value(Settings.KAFKA_CONFIG).orElse(null),
              settings.value(Settings.TOPIC_PREFIX)));
    }
    return Instance.find(data).map(Instance::kafka);
  }
}
