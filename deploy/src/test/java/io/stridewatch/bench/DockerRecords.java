package io.stridewatch.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Docker's events as they stand on the topic, with the container's inspect data at its create and
 * start: the demo's recording again and again, each event with a time of its own.
 */
final class DockerRecords {
  private static final String DEMO = "/io/stridewatch/deploy/demo/docker-";
  private static final Pattern TIME = Pattern.compile("\"time\":\\d+,\"timeNano\":\\d+}(?=\\z|\n)");
  private static final Pattern PATH = Pattern.compile("/containers/([0-9a-f]{64})/json");
  private static final long BEGIN_NANOS = 1_795_219_200_000_000_000L;
  private static final long STEP_NANOS = 2_000_000;

  private final List<String> records = new ArrayList<>();
  private long count;

  DockerRecords() throws IOException {
    Map<String, String> inspected = new HashMap<>();
    for (String answer : lines(DEMO + "answers.jsonl")) {
      JsonNode json = new ObjectMapper().readTree(answer);
      var path = PATH.matcher(json.path("path").asText());
      if (path.matches()) {
        inspected.put(path.group(1), json.path("body").toString());
      }
    }
    for (String event : lines(DEMO + "events.jsonl")) {
      JsonNode json = new ObjectMapper().readTree(event);
      String action = json.path("Action").asText();
      String body = inspected.get(json.path("Actor").path("ID").asText());
      boolean asked = body != null && (action.equals("create") || action.equals("start"));
      records.add(
          asked
              ? event
                  + "\n{\"fact\":\"inspect\",\"asked\":\"2026-11-21T00:00:00Z\",\"status\":200,\"body\":"
                  + body
                  + "}"
              : event);
    }
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = DockerRecords.class.getResourceAsStream(resource);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines.lines().toList();
    }
  }

  /** The next one's bytes. */
  byte[] next() {
    String record = records.get((int) (count % records.size()));
    long nanos = BEGIN_NANOS + count++ * STEP_NANOS;
    return TIME.matcher(record)
        .replaceFirst("\"time\":" + nanos / 1_000_000_000 + ",\"timeNano\":" + nanos + "}")
        .getBytes(UTF_8);
  }
}
