package io.stridewatch.deploy.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stridewatch.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bundled recordings as scenes, in recorded time and order. */
final class Recordings {
  private static final Pattern EVENT = Pattern.compile("audit\\([0-9.]+:[0-9]+\\)");
  private static final Pattern ANSWER =
      Pattern.compile("\\{\"path\":\"([^\"]+)\",\"body\":(.*)}", Pattern.DOTALL);

  private Recordings() {}

  static List<Scene> auditd() {
    Map<String, StringBuilder> events = new LinkedHashMap<>();
    for (String line : lines("auditd.log")) {
      Matcher event = EVENT.matcher(line);
      if (!event.find()) {
        throw new IllegalStateException("auditd.log: no event in " + line);
      }
      StringBuilder text = events.computeIfAbsent(event.group(), e -> new StringBuilder());
      text.append(text.isEmpty() ? "" : "\n").append(line);
    }
    return events.values().stream()
        .map(text -> text.toString().getBytes(ISO_8859_1))
        .map(raw -> new Scene(Source.AUDITD, Retimed.auditdNanos(raw), raw))
        .toList();
  }

  static List<Scene> docker() {
    return lines("docker-events.jsonl").stream()
        .map(line -> line.getBytes(ISO_8859_1))
        .map(raw -> new Scene(Source.DOCKER, Retimed.dockerNanos(raw), raw))
        .toList();
  }

  static List<Scene> kubernetes() {
    return lines("kubernetes.jsonl").stream()
        .map(line -> line.getBytes(ISO_8859_1))
        .map(raw -> new Scene(Source.KUBERNETES, Retimed.kubernetesNanos(raw), raw))
        .toList();
  }

  /** What the engine answered, by path. */
  static Map<String, byte[]> dockerAnswers() {
    Map<String, byte[]> answers = new LinkedHashMap<>();
    for (String line : lines("docker-answers.jsonl")) {
      Matcher answer = ANSWER.matcher(line);
      if (!answer.matches()) {
        throw new IllegalStateException("docker-answers.jsonl: not an answer: " + line);
      }
      answers.put(answer.group(1), answer.group(2).getBytes(ISO_8859_1));
    }
    return answers;
  }

  private static List<String> lines(String name) {
    try (InputStream in = Recordings.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the recording " + name + " is not in this build");
      }
      return new ArrayList<>(List.of(new String(in.readAllBytes(), ISO_8859_1).split("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the recording " + name, e);
    }
  }
}
