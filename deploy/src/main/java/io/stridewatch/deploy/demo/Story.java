package io.stridewatch.deploy.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stridewatch.Source;
import io.stridewatch.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The recordings of all sources, moved to begin at one instant: the same start gives the same
 * bytes.
 *
 * @param scenes by time
 * @param answers what the Docker engine says when asked, by path
 */
record Story(List<Scene> scenes, Map<String, byte[]> answers) {
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(1200);

  /** When each source begins, so that none waits for another to be through. */
  private static final Duration DOCKER = Duration.ZERO;

  private static final Duration AUDITD = Duration.ofMillis(500);
  private static final Duration KUBERNETES = Duration.ofMillis(1000);

  /** The story told from that instant on (whole milliseconds: auditd knows no less). */
  static Story at(Instant start) {
    long begin = Math.floorDiv(Times.nanos(start), 1_000_000L) * 1_000_000L;
    List<Scene> docker = Recordings.docker();
    Pace dockerPace = pace(docker, begin, DOCKER);
    List<Scene> auditd = Recordings.auditd();
    Pace auditdPace = pace(auditd, begin, AUDITD);
    List<Scene> kubernetes = Recordings.kubernetes();
    Pace kubernetesPace = pace(kubernetes, begin, KUBERNETES);
    List<Scene> scenes = new ArrayList<>();
    docker.forEach(scene -> scenes.add(moved(scene, dockerPace)));
    auditd.forEach(scene -> scenes.add(moved(scene, auditdPace)));
    kubernetes.forEach(scene -> scenes.add(moved(scene, kubernetesPace)));
    scenes.sort(Comparator.comparingLong(Scene::nanos));
    return new Story(List.copyOf(scenes), answers(docker, dockerPace));
  }

  private static Pace pace(List<Scene> scenes, long begin, Duration offset) {
    List<Long> times = scenes.stream().map(Scene::nanos).toList();
    return new Pace(times, begin + offset.toNanos(), LONGEST_PAUSE.toNanos());
  }

  private static Scene moved(Scene scene, Pace pace) {
    long shift = pace.shift(scene.nanos());
    byte[] raw =
        scene.source() == Source.AUDITD
            ? Retimed.auditd(scene.raw(), shift)
            : scene.source() == Source.DOCKER
                ? Retimed.docker(scene.raw(), shift)
                : Retimed.kubernetes(scene.raw(), shift);
    return new Scene(scene.source(), scene.nanos() + shift, raw);
  }

  /** An answer's times move with the first event about what was asked for. */
  private static Map<String, byte[]> answers(List<Scene> docker, Pace pace) {
    Map<String, byte[]> answers = new HashMap<>();
    Recordings.dockerAnswers()
        .forEach(
            (path, body) -> answers.put(path, Retimed.answer(body, shift(path, docker, pace))));
    return Map.copyOf(answers);
  }

  private static long shift(String path, List<Scene> docker, Pace pace) {
    String id = path.replaceAll("^/[a-z]+/|/json$", "");
    long first =
        docker.stream()
            .filter(scene -> new String(scene.raw(), ISO_8859_1).contains(id))
            .mapToLong(Scene::nanos)
            .min()
            .orElse(docker.get(0).nanos());
    return pace.shift(first);
  }
}
