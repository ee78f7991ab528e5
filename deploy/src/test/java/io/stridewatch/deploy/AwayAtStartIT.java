package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.deploy.ChaosRoad.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stages are started while the Kafka that they worked with before is away. */
@Timeout(240)
class AwayAtStartIT {
  private static final List<Part> STAGES = List.of(Part.COLLECT, Part.DETECT, Part.DELIVER);

  @TempDir Path directory;

  @Test
  void eachWaitsForKafkaAndWhatWasAnsweredMeanwhileIsToldOnce() throws Exception {
    try (ChaosRoad road = ChaosRoad.start(directory)) {
      STAGES.forEach(road::end);
      road.end(Part.BROKER);
      for (Part stage : STAGES) {
        road.begin(stage);
        road.process(stage).awaitErr(line -> line.contains(" is away and is tried again"), 60);
      }
      List<String> ids = IntStream.range(0, 20).mapToObj("away-%02d"::formatted).toList();
      for (String id : ids) {
        new ApiServerAudit(road.webhook()).post(ApiServerAudit.list(List.of(id)), 30);
      }
      road.begin(Part.BROKER);
      List<String> refs = ids.stream().map(id -> id + "/ResponseComplete").toList();
      Until.within(90, () -> refs(road), told -> told.size() >= ids.size());
      assertEquals(refs, refs(road));
      STAGES.forEach(stage -> saidOnce(road.process(stage)));
    }
  }

  private static List<String> refs(ChaosRoad road) throws Exception {
    return Told.refs(Told.inFile(road.sink()), "privileged-workload");
  }

  private static void saidOnce(Command stage) {
    assertTrue(stage.isAlive(), stage::toString);
    assertEquals(1, lines(stage, " is away and is tried again: reason="), stage::toString);
    assertEquals(1, lines(stage, " is there"), stage::toString);
  }

  private static long lines(Command stage, String what) {
    return stage.errLines().stream().filter(line -> line.contains(what)).count();
  }

  @Test
  void aKafkaThatRefusesIsNotWaitedFor() throws Exception {
    try (ChaosRoad road = ChaosRoad.start(directory)) {
      Path client = directory.resolve("broker/client.properties");
      Files.writeString(
          client, Files.readString(client).replaceFirst("password\\\\?=\\\\?\"", "$0wrong"));
      for (Part stage : STAGES) {
        road.end(stage);
        road.begin(stage);
        Command refused = road.process(stage);
        assertEquals(1, refused.status(60), refused::toString);
        assertEquals(1, lines(refused, "refused: check user, password"), refused::toString);
      }
    }
  }
}
