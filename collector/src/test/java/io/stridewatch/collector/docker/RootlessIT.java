package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rootless engine of a user's, beside the machine's own: both are heard, each for itself. */
class RootlessIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USER = "stridewatch-rootless";
  private static final Path SCRIPT = Path.of("/usr/share/docker.io/contrib/dockerd-rootless.sh");
  private static final Path ROOTLESSKIT = Path.of("/usr/bin/rootlesskit");
  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  private final List<Thread> threads = new ArrayList<>();
  private final List<DockerCollector> collectors = new ArrayList<>();
  private final List<EngineCalls> engines = new ArrayList<>();
  private Path directory;
  private Process rootless;

  @BeforeEach
  void serve() throws Exception {
    Live.needs(Files.isWritable(SOCKET), "a Docker engine at " + SOCKET);
    boolean kit = Files.isExecutable(ROOTLESSKIT) && Files.isReadable(SCRIPT);
    Assumptions.assumeTrue(kit, "needs rootlesskit and Docker's script for it");
    boolean may = asUser("unshare", "--user", "--map-root-user", "true").start().waitFor() == 0;
    Assumptions.assumeTrue(may, "needs the user " + USER + ", and namespaces that users may make");
    directory = Files.createTempDirectory("stridewatch-rootless");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path home = owned("home");
    owned("home/.config");
    Path settings = owned("home/.config/docker").resolve("daemon.json");
    Files.writeString(settings, "{\"no-new-privileges\":true}");
    Path run = owned("run");
    String line =
        "cd %s && exec env HOME=%s XDG_RUNTIME_DIR=%s PATH=/usr/sbin:/usr/bin:/sbin:/bin sh %s"
                .formatted(home, home, run, SCRIPT)
            + " --storage-driver=vfs --bridge=none --iptables=false --ip6tables=false";
    rootless =
        asUser("sh")
            .redirectInput(Files.writeString(directory.resolve("line"), line).toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    String up = "API listen on " + run.resolve("docker.sock");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!log().contains(up) && rootless.isAlive() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertTrue(log().contains(up), this::log);
  }

  private static ProcessBuilder asUser(String... command) {
    List<String> whole = new ArrayList<>(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER));
    whole.add("--clear-groups");
    whole.addAll(List.of(command));
    return new ProcessBuilder(whole);
  }

  private Path owned(String name) throws IOException {
    Path made = Files.createDirectory(directory.resolve(name));
    UserPrincipal user =
        made.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
    return Files.setOwner(made, user);
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @AfterEach
  void stop() throws Exception {
    collectors.forEach(DockerCollector::close);
    for (Thread thread : threads) {
      thread.join();
    }
    for (EngineCalls engine : engines) {
      engine.removeImage();
      engine.close();
    }
    if (rootless != null) {
      rootless.destroy();
      rootless.waitFor(30, TimeUnit.SECONDS);
      new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
    }
  }

  @Test
  void eachEngineIsHeardWithWhatItsOwnDaemonWasGiven() throws Exception {
    String own = "unix://" + directory.resolve("run/docker.sock");
    MemoryEmitter ofTheUser = heard(own, "user");
    MemoryEmitter ofTheMachine = heard("unix://" + SOCKET, "machine");
    String one = made(engines.get(0), ofTheUser, own);
    String other = made(engines.get(1), ofTheMachine, "unix://" + SOCKET);
    assertFalse(isTold(one, ofTheMachine) || isTold(other, ofTheUser));
    JsonNode configuration = configuration(ofTheUser);
    assertTrue(configuration.toString().contains("no-new-privileges"), configuration::toString);
    assertFalse(configuration(ofTheMachine).toString().contains("no-new-privileges"));
  }

  private MemoryEmitter heard(String address, String name) throws Exception {
    MemoryEmitter kept = new MemoryEmitter();
    Path cursor = directory.resolve(name + "-cursor");
    DockerCollector collector = new DockerCollector(address, "lab", cursor, InstantSource.system());
    collectors.add(collector);
    Thread thread = new Thread(() -> run(collector, kept));
    threads.add(thread);
    thread.start();
    kept.awaitThat(records -> of("connected", records) != null, "the connection to " + address);
    EngineCalls engine = new EngineCalls(address);
    engine.makeImage();
    engines.add(engine);
    return kept;
  }

  private static void run(DockerCollector collector, MemoryEmitter kept) {
    try {
      collector.run(kept);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The id of a container that was made and told with what it was given. */
  private static String made(EngineCalls engine, MemoryEmitter kept, String address)
      throws Exception {
    String id = engine.create();
    String create = "/container/create/" + id;
    kept.awaitThat(records -> of(create, records) != null, create);
    SourceRecord record = of(create, kept.records());
    assertEquals(address, record.address());
    JsonNode given = JSON.readTree(text(record).lines().toList().get(1)).path("body");
    assertTrue(given.path("HostConfig").path("Privileged").asBoolean(), given::toString);
    engine.remove(id);
    return id;
  }

  private static boolean isTold(String container, MemoryEmitter kept) {
    return of(container, kept.records()) != null;
  }

  private static JsonNode configuration(MemoryEmitter kept) throws IOException {
    for (String line : text(of("connected", kept.records())).lines().toList()) {
      JsonNode fact = JSON.readTree(line);
      if (fact.path("fact").asText().equals("configuration")) {
        return fact;
      }
    }
    throw new AssertionError("no configuration was told");
  }

  private static SourceRecord of(String words, List<SourceRecord> records) {
    return records.stream().filter(one -> one.id().contains(words)).findFirst().orElse(null);
  }

  private static String text(SourceRecord record) {
    return new String(record.value(), UTF_8);
  }
}
