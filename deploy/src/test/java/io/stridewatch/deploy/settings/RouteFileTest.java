package io.stridewatch.deploy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.sink.route.Grouping;
import io.stridewatch.sink.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFileTest {
  @TempDir private Path directory;

  private Route read(String text) throws IOException {
    Path file = directory.resolve("routes.yml");
    Files.writeString(file, text);
    return RouteFile.read(file.toString());
  }

  @Test
  void aRouteHasWhatItDoesNotSayFromTheOneAboveIt() throws IOException {
    Route tree =
        read(
            """
            route:
              sinks: [mail]
              routes:
                - match: severity>=high
                  sinks: [pager]
                  continue: true
                - match: scope~prod
                  group_by: [actor, scope]
                  group_interval: 1m
                  score: 40
                  routes:
                    - match: tag=pci
                      sinks: [audit]
                      group_wait: 30s
            """);
    assertEquals(Set.of("mail", "pager", "audit"), tree.named());
    Route pager = tree.routes().get(0);
    assertTrue(pager.goOn());
    assertEquals(Optional.empty(), pager.grouping());
    Route prod = tree.routes().get(1);
    assertEquals("[mail]", prod.sinks().toString());
    Grouping how = prod.routes().get(0).grouping().orElseThrow();
    assertEquals("[actor, scope]", how.by().stream().map(f -> f.name()).toList().toString());
    assertEquals(Duration.ofSeconds(30), how.patience());
    assertEquals(Duration.ofMinutes(1), how.interval());
    assertEquals(Duration.ofHours(4), how.repeat());
    assertEquals(Duration.ofDays(1), how.resolve());
    assertEquals(40, how.score());
    assertEquals("route.routes[1].routes[0]", prod.routes().get(0).name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|needs one key: route",
        "route: [a]|route must be keys and values",
        "route: {sink: a}|route has no key 'sink': use [continue, group_by,",
        "route: {sinks: a}|route.sinks must be a list",
        "route: {routes: a}|route.routes must be a list",
        "route: {match: 'sev=high'}|route.match: filter, column 1: no field is called 'sev'",
        "route: {group_by: [actr]}|route.group_by: no field is called 'actr'",
        "route: {routes: [{group_wait: soon}]}|route.routes[0].group_wait is not a duration",
        "route: {score: many}|route.score must be a whole number from 0 on",
        "'route: ]'|is not YAML: "
      })
  void saysWhereWhatIsWrong(String text, String what) {
    var e = assertThrows(IllegalArgumentException.class, () -> read(text));
    assertTrue(e.getMessage().contains(what), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }
}
