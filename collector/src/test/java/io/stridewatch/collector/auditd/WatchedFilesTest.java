package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.AuditEvent;
import io.stridewatch.event.AuditdDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {
  @TempDir Path directory;

  private Instant now;
  private Path docker;
  private Path daemon;
  private Path passwd;
  private WatchedFiles files;

  @BeforeEach
  void setUp() throws IOException {
    docker = Files.createDirectory(directory.resolve("docker"));
    daemon = Files.writeString(docker.resolve("daemon.json"), "{}");
    passwd = Files.writeString(directory.resolve("passwd"), "root");
    files = WatchedFiles.of(() -> now, docker, passwd);
    now = changed(passwd).plusSeconds(2);
  }

  @Test
  void aFileThatIsChangedByADescriptorIsKnownByItsInode() throws IOException {
    assertEquals(passwd.toString(), watched("(null)", passwd));
    assertEquals(daemon.toString(), watched("(null)", daemon));
  }

  @Test
  void aHardLinkIsTheFile() throws IOException {
    Path link = Files.createLink(directory.resolve("other"), daemon);
    assertEquals(daemon.toString(), watched(name(link), link));
  }

  @Test
  void aNameThatTheRecordGivesIsNotToldAgain() throws IOException {
    assertEquals("", watched(name(daemon), daemon));
    assertEquals("", watched(name(directory.resolve("docker/../docker/daemon.json")), daemon));
  }

  @Test
  void anotherFileIsNone() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "x");
    assertEquals("", watched(name(other), other));
    assertEquals("", files.watched(event("type=SYSCALL msg=audit(1.000:1): syscall=1")));
  }

  @Test
  void aFileThatTookTheNameIsKnownFromTheRecordOfThat() throws IOException {
    assertEquals("", watched(name(daemon), daemon));
    String before = inode(daemon);
    Path fresh = Files.writeString(directory.resolve("fresh"), "{}");
    Files.move(fresh, daemon, StandardCopyOption.REPLACE_EXISTING);
    now = changed(daemon).plusSeconds(1);
    assertEquals("", watched(name(daemon), daemon));
    assertEquals(daemon.toString(), watched("(null)", daemon));
    assertEquals("", files.watched(path("(null)", before, now)), "it is the file no more");
  }

  @Test
  void whatTheFileWasIsToldOfItsOwnTime() throws IOException {
    String before = inode(daemon);
    Instant then = changed(daemon);
    assertEquals(daemon.toString(), watched("(null)", daemon));
    Files.delete(daemon);
    now = now.plusSeconds(6);
    assertEquals(daemon.toString(), files.watched(path("(null)", before, then)));
    assertEquals("", files.watched(path("(null)", before, now.plusSeconds(1))));
  }

  @Test
  void whatWasBeforeTheFilesLastChangeIsNotTold() throws IOException {
    Instant before = changed(daemon).minusSeconds(60);
    assertEquals("", files.watched(path("(null)", inode(daemon), before)));
  }

  @Test
  void aFileThatComesLaterIsFoundWithinFiveSeconds() throws IOException {
    assertEquals("", watched(name(daemon), directory));
    Path late = Files.writeString(docker.resolve("key.json"), "k");
    now = changed(late).plusSeconds(TimeUnit.MINUTES.toSeconds(1));
    assertEquals(late.toString(), watched("(null)", late));
  }

  @Test
  void thisMachinesFilesAreFoundWithoutHarm() throws IOException {
    Path own = Path.of("/etc/passwd");
    WatchedFiles here = WatchedFiles.ofThisMachine(() -> now);
    now = changed(own).plusSeconds(10);
    assertEquals(own.toString(), here.watched(path("(null)", inode(own), now)));
  }

  private String watched(String name, Path of) throws IOException {
    return files.watched(path(name, inode(of), now));
  }

  private static String name(Path path) {
    return '"' + path.toString() + '"';
  }

  /** As stat(1) prints them, for the test not to reckon as the code does. */
  private static String inode(Path path) throws IOException {
    Process stat = new ProcessBuilder("stat", "-L", "-c", "%Hd %Ld %i", path.toString()).start();
    String[] numbers = new String(stat.getInputStream().readAllBytes(), UTF_8).strip().split(" ");
    assertTrue(numbers.length == 3, "stat says device and inode");
    return "inode=%s dev=%02x:%02x"
        .formatted(numbers[2], Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
  }

  private static Instant changed(Path path) throws IOException {
    return ((FileTime) Files.getAttribute(path, "unix:ctime")).toInstant();
  }

  private static AuditEvent path(String name, String inode, Instant when) {
    String stamp =
        "audit(%d.%03d:7): ".formatted(when.getEpochSecond(), when.getNano() / 1_000_000);
    return event(
        "type=SYSCALL msg="
            + stamp
            + "arch=c000003e syscall=91 success=yes exit=0 pid=1\n"
            + ("type=PATH msg=" + stamp + "item=0 name=" + name + " " + inode)
            + " mode=0100644 nametype=NORMAL");
  }

  private static AuditEvent event(String lines) {
    return AuditdDecoder.decode("lab", lines.getBytes(UTF_8));
  }
}
