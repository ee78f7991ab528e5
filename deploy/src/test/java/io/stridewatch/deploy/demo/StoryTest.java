package io.stridewatch.deploy.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.Times;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoryTest {
  private static final Instant START = Instant.parse("2031-02-03T04:05:06.789Z");
  private static final Story STORY = Story.at(START);

  private static AuditEvent decoded(Scene scene) {
    return Decoders.decode(scene.source(), "demo-host", scene.raw());
  }

  private static Stream<Scene> scenes(Source source) {
    return STORY.scenes().stream().filter(scene -> scene.source() == source);
  }

  @Test
  void isReadByTheDecodersToTheLastRecord() {
    for (Scene scene : STORY.scenes()) {
      assertEquals(scene.nanos(), decoded(scene).nanos(), new String(scene.raw(), UTF_8));
    }
  }

  @Test
  void keepsTheOrderOfEachRecording() {
    assertEquals(ids(Recordings.auditd()), ids(scenes(Source.AUDITD).toList()));
    assertEquals(ids(Recordings.docker()), ids(scenes(Source.DOCKER).toList()));
    assertEquals(ids(Recordings.kubernetes()), ids(scenes(Source.KUBERNETES).toList()));
  }

  /** What names a record but for its time. */
  private static List<String> ids(List<Scene> scenes) {
    return scenes.stream()
        .map(StoryTest::decoded)
        .map(event -> event.ref().replaceAll("audit\\([0-9.]+|^[0-9]{19}", ""))
        .toList();
  }

  @Test
  void givesEachEventAnIdOfItsOwn() {
    Set<String> ids =
        STORY.scenes().stream()
            .map(StoryTest::decoded)
            .map(e -> e.source() + e.id())
            .collect(toSet());
    assertEquals(STORY.scenes().size(), ids.size());
  }

  @Test
  void isTheSameToTheByteFromTheSameStart() {
    Story again = Story.at(START);
    for (int i = 0; i < STORY.scenes().size(); i++) {
      assertArrayEquals(STORY.scenes().get(i).raw(), again.scenes().get(i).raw());
    }
  }

  @Test
  void takesHalfAMinuteToAMinuteWithoutALongSilence() {
    long begin = Times.nanos(START);
    long before = begin;
    for (Scene scene : STORY.scenes()) {
      assertTrue(scene.nanos() - before <= 2_000_000_000L, "silent for 2 s");
      before = scene.nanos();
    }
    double seconds = (before - begin) / 1e9;
    assertTrue(seconds > 20 && seconds < 60, seconds + " s");
  }

  @Test
  void tellsOfAllSourcesWithinTwoSeconds() {
    Set<Source> early =
        STORY.scenes().stream()
            .filter(scene -> scene.nanos() < Times.nanos(START.plusSeconds(2)))
            .map(Scene::source)
            .collect(toSet());
    assertEquals(EnumSet.of(Source.DOCKER, Source.AUDITD, Source.KUBERNETES), early);
  }

  @Test
  void beginsADaemonJsonChangeWithinTwoSeconds() {
    assertTrue(
        scenes(Source.AUDITD)
            .filter(scene -> scene.nanos() < Times.nanos(START.plusSeconds(2)))
            .anyMatch(scene -> decoded(scene).values("file").contains("/etc/docker/daemon.json")));
  }

  @Test
  void knowsWhatEachContainerWasGiven() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Set<String> containers =
        scenes(Source.DOCKER)
            .map(StoryTest::decoded)
            .filter(event -> event.values("Type").contains("container"))
            .flatMap(event -> event.values("container").stream())
            .collect(toSet());
    assertFalse(containers.isEmpty());
    for (String id : containers) {
      byte[] body = STORY.answers().get("/containers/" + id + "/json");
      assertEquals(id, json.readTree(body).get("Id").asText());
      assertTrue(json.readTree(body).has("HostConfig"));
    }
  }

  @Test
  void movesTheTimesOfAnswersAsWell() {
    String answers =
        STORY.answers().entrySet().stream()
            .filter(answer -> answer.getKey().startsWith("/containers/"))
            .map(answer -> new String(answer.getValue(), UTF_8))
            .reduce("", String::concat);
    assertTrue(answers.contains("\"Created\":\"2031-02-03T04:0"));
    assertFalse(answers.contains("\"Created\":\"2026-"));
    assertTrue(answers.contains("\"FinishedAt\":\"0001-01-01T00:00:00Z\""));
  }
}
