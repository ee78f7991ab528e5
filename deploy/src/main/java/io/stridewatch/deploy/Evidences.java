package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Evidence;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The evidence of alerts, by its SHA-256, until a recording shows it. One thread. */
final class Evidences {
  private final Map<String, String> wanted = new LinkedHashMap<>();

  private Evidences() {}

  /** Of alerts one a line; the reader is closed. */
  static Evidences of(BufferedReader alerts) throws IOException {
    Evidences evidences = new Evidences();
    try (alerts) {
      for (String line = alerts.readLine(); line != null; line = alerts.readLine()) {
        evidences.want(AlertJson.read(line));
      }
    }
    return evidences;
  }

  private void want(Alert alert) {
    for (Evidence evidence : alert.evidence()) {
      wanted.putIfAbsent(evidence.sha256(), alert.id() + ": its evidence " + evidence.id());
    }
  }

  /** A record with this SHA-256 lies in a recording. */
  void found(String sha256) {
    wanted.remove(sha256);
  }

  /** A line for each that was not found. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    wanted.forEach(
        (sha256, what) ->
            faults.add("alert " + what + " with SHA-256 " + sha256 + " is in no recording"));
    return faults;
  }
}
