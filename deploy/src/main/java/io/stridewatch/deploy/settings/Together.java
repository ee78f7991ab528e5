package io.stridewatch.deploy.settings;

import io.stridewatch.sink.SinkAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with settings that are right each by itself. */
final class Together {
  private final Settings settings;
  private final List<Fault> faults = new ArrayList<>();

  private Together(Settings settings) {
    this.settings = settings;
  }

  static List<Fault> faults(Settings settings) {
    Together together = new Together(settings);
    together.both(Settings.DOCKER_CERT, Settings.DOCKER_KEY);
    together.both(Settings.KUBERNETES_WEBHOOK_CERT, Settings.KUBERNETES_WEBHOOK_KEY);
    together.needs(Settings.KUBERNETES_WEBHOOK_CLIENT_CA, Settings.KUBERNETES_WEBHOOK_CERT);
    together.both(Settings.KUBERNETES_METRICS_CERT, Settings.KUBERNETES_METRICS_KEY);
    together.needs(Settings.KUBERNETES_METRICS_TOKEN, Settings.KUBERNETES_METRICS);
    together.webhook();
    together.sinks();
    return together.faults;
  }

  private void both(Setting<?> one, Setting<?> other) {
    needs(one, other);
    needs(other, one);
  }

  private void needs(Setting<?> given, Setting<?> needed) {
    if (settings.given(given) && !settings.given(needed)) {
      fault(given, given.name() + " needs " + needed.name() + " as well");
    }
  }

  private void webhook() {
    boolean open =
        settings.value(Settings.KUBERNETES_WEBHOOK).filter(w -> !w.loopback()).isPresent();
    boolean known =
        settings.given(Settings.KUBERNETES_WEBHOOK_CLIENT_CA)
            || settings.given(Settings.KUBERNETES_WEBHOOK_TOKEN);
    if (open && !(settings.given(Settings.KUBERNETES_WEBHOOK_CERT) && known)) {
      fault(
          Settings.KUBERNETES_WEBHOOK,
          "kubernetes-webhook is open to other machines: give kubernetes-webhook-cert and"
              + " kubernetes-webhook-key, and kubernetes-webhook-client-ca or"
              + " kubernetes-webhook-token-file; or listen on 127.0.0.1");
    }
  }

  private void sinks() {
    Set<String> names = new LinkedHashSet<>();
    for (SinkAddress sink : settings.value(Settings.SINKS)) {
      if (!names.add(sink.name())) {
        fault(Settings.SINKS, "two sinks are called " + sink.name() + ": write NAME:KIND=ADDRESS");
      }
    }
    for (SinkLimit limit : settings.value(Settings.SINK_LIMIT)) {
      if (!limit.sink().isEmpty() && !names.contains(limit.sink())) {
        fault(Settings.SINK_LIMIT, "no sink is called " + limit.sink() + ": set are " + names);
      }
    }
  }

  private void fault(Setting<?> setting, String what) {
    faults.add(new Fault(settings.where(setting), what));
  }
}
