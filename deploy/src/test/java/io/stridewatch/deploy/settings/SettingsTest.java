package io.stridewatch.deploy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Severity;
import io.stridewatch.sink.SinkAddress;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SettingsTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, List<String>> flags = new HashMap<>();

  private Settings settings() throws WrongSettingsException {
    return Settings.read(flags, new Surroundings(environment, false, Path.of("/home/ann"), "vm1"));
  }

  private Path file(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), yaml);
    flags.put("config", List.of(file.toString()));
    return file;
  }

  /** The faults, the folder's name left out. */
  private List<String> faults() {
    WrongSettingsException wrong = assertThrows(WrongSettingsException.class, this::settings);
    return wrong.faults().stream().map(f -> f.toString().replace(folder + "/", "")).toList();
  }

  @Test
  void takesTheFlagBeforeTheEnvironmentBeforeTheFile() throws Exception {
    file("scope: file\ncluster: file\ntopic-prefix: file");
    environment.put("STRIDEWATCH_SCOPE", "environment");
    environment.put("STRIDEWATCH_CLUSTER", "environment");
    flags.put("scope", List.of("flag"));
    assertEquals("flag", settings().value(Settings.SCOPE));
    assertEquals("environment", settings().value(Settings.CLUSTER));
    assertEquals("file", settings().value(Settings.TOPIC_PREFIX));
  }

  @Test
  void findsTheFileThatTheEnvironmentNames() throws Exception {
    environment.put("STRIDEWATCH_CONFIG", file("scope: web-1").toString());
    flags.clear();
    assertEquals("web-1", settings().value(Settings.SCOPE));
  }

  @Test
  void tellsAllFaultsAtOnceWithFileAndLine() throws Exception {
    file(
        "scope: a\nkubernets-log: /x\nhttp: 9464\n\nsink:\n  - file\nstrict: maybe\ndata:\nxyz: {}");
    environment.put("STRIDEWATCH_MAX_RECORD", "lots");
    flags.put("docker", List.of("http://x"));
    assertEquals(
        List.of(
            "s.yaml:2: no setting is called 'kubernets-log'; did you mean kubernetes-log?",
            "s.yaml:3: http '9464': not HOST:PORT: write an address and a port up to 65535, such as"
                + " 127.0.0.1:9464",
            "s.yaml:5: sink 'file': sink file needs a path: file=/path/alerts.jsonl",
            "s.yaml:7: strict 'maybe': write true or false",
            "s.yaml:8: data has no value",
            "s.yaml:9: xyz takes text, not a structure",
            "s.yaml:9: no setting is called 'xyz'",
            "STRIDEWATCH_MAX_RECORD: max-record 'lots': not a size: write bytes, or 64KiB, 32MiB,"
                + " 1GiB",
            "--docker: docker 'http://x': not an engine's address: write"
                + " unix:///var/run/docker.sock, tcp://HOST:PORT or off"),
        faults());
  }

  @Test
  void saysWhereAFileStopsBeingYaml() throws Exception {
    file("scope: a\ncluster: [b\n");
    assertTrue(faults().get(0).matches("s\\.yaml:[23]: not YAML: .*"), faults().toString());
  }

  @Test
  void saysThatAFileIsMissingOrIsNoMap() throws Exception {
    flags.put("config", List.of(folder + "/none.yaml"));
    assertEquals(List.of("none.yaml: no such file"), faults());
    file("- scope");
    assertTrue(
        faults().get(0).startsWith("s.yaml:1: not YAML: expected keys"), faults().toString());
  }

  @Test
  void refusesAKeyGivenTwice() throws Exception {
    file("scope: a\nscope: b");
    assertTrue(faults().get(0).contains("s.yaml:2"), faults().toString());
  }

  @Test
  void readsAnEmptyFileAsNothingSet() throws Exception {
    file("# nothing\n");
    assertEquals("vm1", settings().value(Settings.SCOPE));
  }

  @Test
  void takesListsFromYamlAndFromCommas() throws Exception {
    file("rules: [/a, /b]\nsink: terminal");
    environment.put("STRIDEWATCH_SINK", "file=/x, soc:file=/y");
    assertEquals(List.of(Path.of("/a"), Path.of("/b")), settings().value(Settings.RULES));
    assertEquals(
        List.of("file=/x", "soc"),
        settings().value(Settings.SINKS).stream().map(SinkAddress::name).toList());
  }

  @Test
  void refusesTwoValuesWhereOneIsWanted() throws Exception {
    file("scope: [a, b]");
    assertEquals(List.of("s.yaml:1: scope takes one value, not 2"), faults());
  }

  @Test
  void refusesTwoSinksOfOneName() {
    flags.put("sink", List.of("a:file=/x", "a:file=/y"));
    assertEquals(List.of("--sink: two sinks are called a: write NAME:KIND=ADDRESS"), faults());
  }

  @Test
  void neverPrintsASecret() throws Exception {
    Path secret = Files.writeString(folder.resolve("token"), "hunter2\n");
    flags.put("kubernetes-webhook-token-file", List.of(secret.toString()));
    assertEquals(
        Optional.of("hunter2"),
        settings().value(Settings.KUBERNETES_WEBHOOK_TOKEN).map(Secret::text));
    assertFalse(settings().toString().contains("hunter2"));
    assertTrue(settings().toString().contains("kubernetes-webhook-token=***"));
  }

  @Test
  void takesASecretFromTheEnvironmentOrAFileThatItNames() throws Exception {
    environment.put("STRIDEWATCH_KUBERNETES_WEBHOOK_TOKEN", "a");
    assertEquals("a", settings().value(Settings.KUBERNETES_WEBHOOK_TOKEN).orElseThrow().text());
    environment.clear();
    environment.put(
        "STRIDEWATCH_KUBERNETES_WEBHOOK_TOKEN_FILE",
        Files.writeString(folder.resolve("token"), "b").toString());
    assertEquals("b", settings().value(Settings.KUBERNETES_WEBHOOK_TOKEN).orElseThrow().text());
  }

  @Test
  void refusesASecretInTheFile() throws Exception {
    file("kubernetes-webhook-token: hunter2");
    assertTrue(faults().get(0).contains("name that by kubernetes-webhook-token-file"));
    assertFalse(faults().toString().contains("hunter2"));
  }

  @Test
  void refusesAnOpenWebhookThatLetsAnybodyIn() {
    flags.put("kubernetes-webhook", List.of("0.0.0.0:8443"));
    assertTrue(faults().get(0).startsWith("--kubernetes-webhook: kubernetes-webhook is open"));
    WrongSettingsException wrong = assertThrows(WrongSettingsException.class, this::settings);
    assertFalse(wrong.usage(), "the set-up is at fault, not the usage");
  }

  @Test
  void takesALoopbackWebhookAsItIs() throws Exception {
    for (String address : List.of("127.0.0.1:8443", "localhost:0", "[::1]:8443")) {
      flags.put("kubernetes-webhook", List.of(address));
      assertTrue(settings().value(Settings.KUBERNETES_WEBHOOK).isPresent());
    }
  }

  @Test
  void wantsTheKeyWithTheCertificate() {
    flags.put("docker-cert", List.of("/c.pem"));
    assertEquals(List.of("--docker-cert: docker-cert needs docker-key as well"), faults());
  }

  @Test
  void tellsOffFromNotSet() throws Exception {
    assertEquals(List.of(Watch.FIND), settings().value(Settings.DOCKER));
    flags.put("docker", List.of("off"));
    assertEquals(List.of(Watch.OFF), settings().value(Settings.DOCKER));
    flags.put("docker", List.of("/run/docker.sock", "tcp://10.0.0.1:2376"));
    assertEquals(
        List.of("unix:///run/docker.sock", "tcp://10.0.0.1:2376"),
        settings().value(Settings.DOCKER).stream().map(Watch::address).toList());
  }

  @Test
  void keepsItsDataWhereTheUserKeepsState() throws Exception {
    assertEquals(Path.of("/home/ann/.local/state/stridewatch"), settings().value(Settings.DATA));
    environment.put("XDG_STATE_HOME", "/state");
    assertEquals(Path.of("/state/stridewatch"), settings().value(Settings.DATA));
    Surroundings root = new Surroundings(environment, true, Path.of("/root"), "vm1");
    assertEquals(Path.of("/var/lib/stridewatch"), Settings.read(flags, root).value(Settings.DATA));
  }

  @Test
  void notesAVariableThatIsNearlyASetting() throws Exception {
    environment.put("STRIDEWATCH_SCOP", "x");
    environment.put("STRIDEWATCH_SERVICE_PORT_HTTP", "9464");
    environment.put("STRIDEWATCH_JAVA_OPTS", "-Xmx1g");
    assertEquals(
        List.of("STRIDEWATCH_SCOP is no setting; did you mean STRIDEWATCH_SCOPE?"),
        settings().notes());
  }

  @Test
  void takesAnEmptyVariableAsNotSet() throws Exception {
    environment.put("STRIDEWATCH_SCOPE", "");
    assertFalse(settings().given(Settings.SCOPE));
  }

  @Test
  void listsEachSettingThatIsDeclared() {
    Set<Object> declared =
        Arrays.stream(Settings.class.getFields())
            .filter(f -> Modifier.isStatic(f.getModifiers()) && f.getType() == Setting.class)
            .map(SettingsTest::setting)
            .collect(Collectors.toSet());
    assertEquals(declared, Set.copyOf(Settings.ALL));
  }

  private static Object setting(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void becomesFlagsOfACommand() throws Exception {
    CommandSpec spec = CommandSpec.create().name("run");
    Flags.add(spec, Set.of(Setting.Group.values()));
    var parsed =
        new CommandLine(spec)
            .parseArgs("--demo", "--sink", "terminal", "--sink=a:file=/x,y", "--severity", "info");
    flags.putAll(Flags.given(parsed));
    assertTrue(settings().value(Settings.DEMO));
    assertEquals("/x,y", settings().value(Settings.SINKS).get(1).address());
    assertEquals(Severity.INFO, settings().value(Settings.SEVERITY));
    assertFalse(settings().given(Settings.STRICT));
  }

  @Test
  void saysUsageWhenOnlyFlagsAreWrong() {
    flags.put("http", List.of("nowhere"));
    assertTrue(assertThrows(WrongSettingsException.class, this::settings).usage());
  }
}
