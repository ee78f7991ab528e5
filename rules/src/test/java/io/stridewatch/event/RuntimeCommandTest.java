package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeCommandTest {
  private static final String CONTAINER =
      "ce1ca09d2a66fe95f284ac7e20c1d29e7f6aa2741b97a8141c13abefdab7653b";
  private static final String EXEC =
      "853d7285a0f6d16d99970b7e412a359ee8265047b5d838809679641a30c4c9b1";

  @Test
  void anExecNamesContainerAndItself() {
    List<String> words =
        List.of(
            "runc",
            "--root",
            "/run/runc",
            "exec",
            "--process",
            "/tmp/runc-process1",
            "--detach",
            "--pid-file",
            "/run/task/moby/" + CONTAINER + "/" + EXEC + ".pid",
            CONTAINER);
    assertEquals(List.of(CONTAINER), RuntimeCommand.container(words));
    assertEquals(List.of(EXEC), RuntimeCommand.exec(words));
  }

  @Test
  void aShimNamesItsContainerAndNoExec() {
    List<String> words =
        List.of(
            "/usr/bin/containerd-shim-runc-v2", "-namespace", "moby", "-id", CONTAINER, "start");
    assertEquals(List.of(CONTAINER), RuntimeCommand.container(words));
    assertEquals(List.of(), RuntimeCommand.exec(words));
  }

  @Test
  void otherCommandsNameNone() {
    for (List<String> words :
        List.of(
            List.<String>of(),
            List.of("runc"),
            List.of("runc", "init"),
            List.of("docker", "exec", CONTAINER),
            List.of("runc", "exec", "--pid-file"),
            List.of("runc", "exec", "--pid-file", "/x/short.pid", "web"))) {
      assertEquals(List.of(), RuntimeCommand.container(words), words.toString());
      assertEquals(List.of(), RuntimeCommand.exec(words), words.toString());
    }
  }
}
