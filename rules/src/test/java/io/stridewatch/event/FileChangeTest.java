package io.stridewatch.event;

import static io.stridewatch.event.AuditdLines.records;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileChangeTest {
  private static final String CALL = "SYSCALL arch=c000003e success=yes syscall=";
  private static final String CWD = "CWD cwd=\"/etc/docker\"";

  private static String path(String name, String type) {
    return "PATH name=\"" + name + "\" inode=7 dev=fe:00 mode=0100644 nametype=" + type;
  }

  @ParameterizedTest
  @CsvSource({
    "80002, NORMAL, write",
    "241, NORMAL, 'write, truncate'",
    "441, NORMAL, write",
    "c1, CREATE, 'write, create'",
    "241, CREATE, 'write, truncate, create'",
    "41, UNKNOWN, 'write, create'",
    "200, NORMAL, truncate",
    "80000, NORMAL, ''",
    "40, NORMAL, ''",
    "200001, NORMAL, ''",
  })
  void anOpenChangesWhatItsFlagsSay(String flags, String type, String changes) {
    AuditdEvent event =
        records(CALL + "257 a0=ffffff9c a2=" + flags, CWD, path("/etc/docker/daemon.json", type));
    assertEquals(changes, String.join(", ", event.values("change")));
    assertEquals(List.of("/etc/docker/daemon.json"), event.values("file"));
    assertEquals(List.of("/etc/docker", "/etc", "/"), event.values("folder"));
  }

  @Test
  void aRenameIsOfWhatItMade() {
    AuditdEvent event =
        records(
            CALL + "264 a0=ffffff9c a2=ffffff9c",
            CWD,
            path("/etc/docker/", "PARENT"),
            path("/etc/docker/", "PARENT"),
            path("sedXXXXXX", "DELETE"),
            path("daemon.json", "DELETE"),
            path("daemon.json", "CREATE"));
    assertEquals(List.of("rename"), event.values("change"));
    assertEquals(List.of("/etc/docker/sedXXXXXX", "/etc/docker/daemon.json"), event.values("file"));
    assertEquals("/etc/docker/daemon.json", event.target().get("name"));
    assertEquals("/etc/docker/sedXXXXXX", event.target().get("from"));
  }

  @Test
  void anExchangeNamesBoth() {
    AuditdEvent event =
        records(
            CALL + "316 a0=ffffff9c a2=ffffff9c",
            path("/a", "DELETE"),
            path("/b", "DELETE"),
            path("/b", "CREATE"),
            path("/a", "CREATE"));
    assertEquals(List.of("rename"), event.values("change"));
    assertEquals(List.of("/a", "/b"), event.values("file"));
  }

  @Test
  void aSymbolicLinkRenamedOverAFileIsOneToo() {
    AuditdEvent event =
        records(
            CALL + "264 a0=ffffff9c a2=ffffff9c",
            "PATH name=\"/etc/docker/tmp\" mode=0120777 nametype=DELETE",
            "PATH name=\"/etc/docker/daemon.json\" mode=0120777 nametype=CREATE");
    assertEquals(List.of("rename", "symlink"), event.values("change"));
  }

  @Test
  void aHardLinkNamesTheFileAndItsNewName() {
    AuditdEvent event =
        records(
            CALL + "265 a0=ffffff9c a2=ffffff9c",
            path("/etc/docker/daemon.json", "NORMAL"),
            path("/etc/", "PARENT"),
            path("/etc/dj", "CREATE"));
    assertEquals(List.of("link"), event.values("change"));
    assertEquals(List.of("/etc/docker/daemon.json", "/etc/dj"), event.values("file"));
  }

  @ParameterizedTest
  @CsvSource({
    "76, truncate", "77, truncate", "83, create", "84, delete", "87, delete", "82, rename",
    "88, symlink", "90, mode", "91, mode", "92, owner", "94, owner", "188, attribute",
    "190, attribute", "197, attribute", "165, mount", "166, mount", "155, mount", "452, mode",
    "463, attribute",
  })
  void aCallSaysWhatItChanges(String number, String change) {
    assertEquals(List.of(change), records(CALL + number).values("change"));
  }

  @Test
  void aHandleOpenedForWritingIsAWriteOfAnInode() {
    AuditdEvent event =
        records(CALL + "304 a0=3 a2=2", "PATH name=\"\" inode=7 dev=fe:00 nametype=NORMAL");
    assertEquals(List.of("write"), event.values("change"));
    assertEquals(List.of(), event.values("file"));
    assertEquals(List.of("fe:00:7"), event.values("inode"));
  }

  @Test
  void theFlagsOfOpenat2AreInARecordOfTheirOwn() {
    AuditdEvent event =
        records(
            CALL + "437 a0=ffffff9c a2=7ffc",
            "OPENAT2 oflag=0101001 mode=0644 resolve=0x0",
            path("/x", "NORMAL"));
    assertEquals(List.of("write", "truncate"), event.values("change"));
  }

  @Test
  void aFailedCallIsAnAttempt() {
    AuditdEvent event =
        records(
            "SYSCALL arch=c000003e syscall=257 success=no exit=-13 a0=ffffff9c a2=241",
            "PATH name=\"/etc/docker/daemon.json\" nametype=UNKNOWN");
    assertEquals(List.of("write", "truncate", "create"), event.values("change"));
    assertEquals(List.of("no"), event.values("success"));
    assertEquals(List.of("/etc/docker/daemon.json"), event.values("file"));
  }

  @Test
  void aCallOfAnUnknownNumberIsJudgedByItsPaths() {
    assertEquals(List.of("create"), records(CALL + "9999", path("/x", "CREATE")).values("change"));
    assertEquals(
        List.of("delete"), records("URINGOP uring_op=36", path("/x", "DELETE")).values("change"));
  }

  @Test
  void chattrChangesAnAttribute() {
    assertEquals(List.of("attribute"), records(CALL + "16 a0=3 a1=40086602").values("change"));
    assertEquals(List.of(), records(CALL + "16 a0=3 a1=5401").values("change"));
  }
}
