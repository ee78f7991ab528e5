package io.stridewatch.collector.auditd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.collector.auditd.ProcessMap.Seen;
import io.stridewatch.collector.auditd.ProcessTable.Status;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessMapTest {
  private static final String ID = "d".repeat(64);
  private static final String OTHER = "e".repeat(64);
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 1_795_000_000L * SECOND;
  private static final long SHELL = 100;
  private static final long SHIM = 200;
  private static final long RUNC = 300;
  private static final long CHILD = 400;
  private static final long GRANDCHILD = 500;

  private final Map<Long, Status> there = new HashMap<>();
  private final ProcessMap processes = new ProcessMap(this::asked);
  private int asked;

  private Status asked(long pid) {
    asked++;
    return there.get(pid);
  }

  @Test
  void aProcessThatIsThereIsAskedForOnce() {
    runs(CHILD, ID);
    assertEquals(ID, container(CHILD, SHELL, "sh", NOW));
    assertEquals(ID, container(CHILD, SHELL, "sh", NOW + SECOND));
    assertEquals(1, asked);
  }

  @Test
  void isAskedForAgainWhenItIsGivenAnotherProgram() {
    runs(CHILD, "host");
    assertEquals("host", container(CHILD, SHELL, "runc", NOW));
    runs(CHILD, ID);
    assertEquals(ID, processes.look(new Seen(CHILD, SHELL, "sh", NOW)));
  }

  @Test
  void aProcessThatStartedLaterIsNotTheOneThatWasMeant() {
    there.put(CHILD, new Status(NOW + 2 * SECOND, OTHER, false, ""));
    assertEquals("unknown", container(CHILD, SHELL, "sh", NOW));
  }

  @Test
  void anAnswerIsNotHeldForOneThatHasTheNumberLater() {
    runs(CHILD, ID);
    container(CHILD, SHELL, "sh", NOW);
    there.put(CHILD, new Status(NOW + 20 * SECOND, "host", false, ""));
    assertEquals("host", container(CHILD, SHELL, "sh", NOW + 30 * SECOND));
    there.clear();
    assertEquals("unknown", container(CHILD, SHELL, "sh", NOW + 60 * SECOND));
  }

  @Test
  void anotherParentMeansAnotherProcess() {
    runs(CHILD, ID);
    container(CHILD, SHELL, "sh", NOW);
    there.clear();
    assertEquals("unknown", container(CHILD, SHELL + 1, "sh", NOW));
  }

  @Test
  void oneThatHasEndedIsWhereItsParentIs() {
    runs(SHELL, ID);
    assertEquals(ID, container(CHILD, SHELL, "true", NOW));
    assertEquals("host", inHost(GRANDCHILD));
  }

  private String inHost(long pid) {
    runs(SHELL + 1, "host");
    return container(pid, SHELL + 1, "true", NOW);
  }

  @Test
  void oneWhoseParentHasEndedTooIsWhereThatWas() {
    runs(SHELL, ID);
    container(CHILD, SHELL, "sh", NOW);
    there.clear();
    assertEquals(ID, container(GRANDCHILD, CHILD, "true", NOW + SECOND));
  }

  @Test
  void whatNobodyKnowsIsUnknown() {
    assertEquals("unknown", container(CHILD, SHELL, "true", NOW));
    assertEquals("unknown", container(GRANDCHILD, -1, "login", NOW));
  }

  @Test
  void theChildOfAContainersShimIsTheContainers() {
    shim(ID);
    assertEquals(ID, container(CHILD, SHIM, "true", NOW));
  }

  @Test
  void theRuntimeThatTheShimStartsIsNot() {
    shim(ID);
    assertEquals("unknown", container(RUNC, SHIM, "runc", NOW));
    assertEquals("unknown", container(CHILD, RUNC, "dockerd", NOW), "a hook runs on the host");
    assertEquals("unknown", container(GRANDCHILD, SHIM, "", NOW), "runc before it is replaced");
  }

  @Test
  void whatTheRuntimeExecutesIsTheContainers() {
    shim(ID);
    container(RUNC, SHIM, "runc", NOW);
    processes.executes(RUNC);
    assertEquals(ID, container(CHILD, RUNC, "true", NOW));
  }

  @Test
  void aShimThatDoesNotSayWhoseItIsTellsNothing() {
    shim("");
    assertEquals("unknown", container(CHILD, SHIM, "true", NOW));
  }

  @Test
  void remembersNoMoreThanItMay() {
    runs(1, ID);
    container(1, SHELL, "sh", NOW);
    for (int pid = 1000; pid < 1000 + 8192; pid++) {
      container(pid, -1, "sh", NOW);
    }
    there.clear();
    assertEquals("unknown", container(1, SHELL, "sh", NOW));
  }

  private void shim(String id) {
    there.put(SHIM, new Status(NOW - SECOND, "host", true, id));
  }

  private void runs(long pid, String container) {
    there.put(pid, new Status(NOW - SECOND, container, false, ""));
  }

  private String container(long pid, long parent, String program, long nanos) {
    return processes.container(new Seen(pid, parent, program, nanos));
  }
}
