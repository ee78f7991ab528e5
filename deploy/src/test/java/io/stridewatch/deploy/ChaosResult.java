package io.stridewatch.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was sent beside what came of it.
 *
 * @param events of the API server and auditd that were safe
 * @param docker events that happened
 * @param alerts that were expected of all
 * @param missing on a topic or in the sink, and in no gap that was told
 * @param twice on the alerts topic or in the sink
 * @param forgotten Docker's events that the engine had no longer, all in the gaps
 * @param gaps that were told
 * @param late requests sent late, how often they lie on the topic, and how many status counts
 * @param rejected posts that can't be read, how often they were set aside, and how many status
 *     counts
 * @param ended processes that ended by themselves
 * @param sum the last line of status
 */
record ChaosResult(
    int events,
    int docker,
    int alerts,
    Set<String> missing,
    Set<String> twice,
    int forgotten,
    List<ChaosTally.Gap> gaps,
    Counted late,
    Counted rejected,
    List<String> ended,
    String sum) {

  /**
   * What was sent once each, and may lie there more than once because a post was repeated.
   *
   * @param distinct whether just those that were sent lie there
   */
  record Counted(int sent, boolean distinct, int written, long status) {
    boolean exact() {
      return distinct && written == status;
    }

    @Override
    public String toString() {
      return "%d sent, %s there, %d times, status counts %d"
          .formatted(sent, distinct ? "just those are" : "OTHERS ARE", written, status);
    }
  }

  /** As it stands now. */
  static ChaosResult of(ChaosRoad road, ChaosLoad load) throws Exception {
    ChaosTally tally = ChaosTally.of(road.kafka(), road.sink());
    Set<String> missing = new TreeSet<>();
    Set<String> expected = new TreeSet<>(load.expected());
    int forgotten = 0;
    List<ChaosEngine.Said> happened = road.engine().all();
    for (ChaosEngine.Said said : happened) {
      if (!tally.docker().containsKey(said.ref())) {
        boolean told = tally.gaps().stream().anyMatch(gap -> gap.has(said.nanos()));
        forgotten += told ? 1 : 0;
        missing.addAll(told ? Set.of() : Set.of(said.ref()));
      } else if (said.ref().contains("/container/create/")) {
        expected.add(said.ref());
      }
    }
    for (Map<String, Integer> there : List.of(tally.alerts(), tally.told())) {
      expected.stream().filter(ref -> !there.containsKey(ref)).forEach(missing::add);
    }
    Set<String> twice = new TreeSet<>();
    for (Map<String, Integer> there : List.of(tally.alerts(), tally.told())) {
      there.forEach((ref, times) -> twice.addAll(times > 1 ? Set.of(ref) : Set.of()));
    }
    List<JsonNode> status = status(road);
    return new ChaosResult(
        load.events(),
        happened.size(),
        expected.size(),
        missing,
        twice,
        forgotten,
        tally.gaps(),
        new Counted(load.late().size(), true, tally.written(load.late()), counted(status, "late")),
        new Counted(
            load.unreadable().size(),
            tally.rejected().keySet().equals(load.unreadable()),
            tally.setAside(),
            counted(status, "rejected")),
        road.ended(),
        status.isEmpty() ? "" : status.get(status.size() - 1).toString());
  }

  private static List<JsonNode> status(ChaosRoad road) throws Exception {
    try (Command status = road.command("status", "-o=json")) {
      status.status(60);
      return Told.lines(status);
    }
  }

  /** Of all sources; a collector's line has a name too. */
  private static long counted(List<JsonNode> status, String what) {
    return status.stream()
        .filter(line -> line.has("evaluated"))
        .mapToLong(line -> line.path(what).asLong())
        .sum();
  }

  boolean clean() {
    return missing.isEmpty()
        && twice.isEmpty()
        && ended.isEmpty()
        && late.exact()
        && rejected.exact()
        && sum.contains("\"waiting\":0,")
        && sum.contains("\"difference\":0");
  }

  @Override
  public String toString() {
    return """
        events              %d of the API server and auditd, %d of Docker
        alerts              %d expected, %d missing %s, %d twice %s
        late                %s
        can't be read       %s
        forgotten by Docker %d events, in %d gaps %s
        ended by themselves %s
        status              %s
        %s"""
        .formatted(
            events,
            docker,
            alerts,
            missing.size(),
            some(missing),
            twice.size(),
            some(twice),
            late,
            rejected,
            forgotten,
            gaps.size(),
            gaps,
            ended,
            sum,
            clean() ? "clean" : "NOT CLEAN");
  }

  private static List<String> some(Set<String> refs) {
    return refs.stream().limit(5).toList();
  }
}
