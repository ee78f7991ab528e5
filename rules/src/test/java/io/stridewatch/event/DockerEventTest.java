package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerEventTest {
  private static final String CREATE =
      "{'Type':'container','Action':'create','Actor':{'ID':'abc','Attributes':"
          + "{'image':'busybox','name':'web','privileged':'true','Type':'daemon'}},"
          + "'scope':'local','time':1795233918,'timeNano':1795233918390849886}";

  @Test
  void keepsEveryNanosecond() {
    DockerEvent event = decode(CREATE);
    assertEquals(1795233918390849886L, event.nanos());
    assertEquals("1795233918390849886/container/create/abc", event.ref());
  }

  @Test
  void labelsForgeNothing() {
    DockerEvent event = decode(CREATE);
    assertEquals(List.of("container"), event.values("Type"));
    assertEquals(List.of(), event.values("privileged"));
    assertEquals(List.of("abc"), event.values("container"));
    assertEquals(List.of("true"), event.values("Actor.Attributes.privileged"));
    assertEquals(
        Map.of("kind", "container", "name", "web", "id", "abc", "image", "busybox"),
        event.target());
  }

  @Test
  void anEventAloneTellsNoRights() {
    DockerEvent event = decode(CREATE);
    assertEquals(List.of("missing"), event.values("facts"));
    assertEquals(List.of(), event.values("hostPaths"));
    assertNull(event.actor());
  }

  @Test
  void inspectTellsWhatWasGiven() {
    DockerEvent event =
        inspected(
            "{'HostConfig':{'Privileged':true,'CapAdd':['cap_sys_admin','ALL'],'CapDrop':null,"
                + "'PidMode':'host','IpcMode':'container:x','ReadonlyRootfs':false,"
                + "'Memory':67108864,'NanoCpus':0,'PidsLimit':-1,"
                + "'Devices':[{'PathOnHost':'/dev/sda'}],'RestartPolicy':{'Name':'always'},"
                + "'LogConfig':{'Type':'none'}},'Config':{'User':'0:0','Env':['A=b']}}");
    assertEquals(List.of("inspect"), event.values("facts"));
    assertEquals(List.of("true"), event.values("privileged"));
    assertEquals(List.of("true"), event.values("HostConfig.Privileged"));
    assertEquals(List.of("SYS_ADMIN", "ALL"), event.values("capabilities"));
    assertEquals(List.of("pid"), event.values("hostNamespaces"));
    assertEquals(List.of("cpu", "pids"), event.values("limitsMissing"));
    assertEquals(List.of("/dev/sda"), event.values("devices"));
    assertEquals(List.of("always"), event.values("restart"));
    assertEquals(List.of("none"), event.values("logDriver"));
    assertEquals(List.of("0:0"), event.values("user"));
    assertEquals(List.of("A=b"), event.values("env"));
  }

  @Test
  void findsHostPathsWhereverMountsHide() {
    DockerEvent event =
        inspected(
            "{'HostConfig':{'Binds':['/srv/ops/../../etc:/x:ro','vol:/data'],'Mounts':["
                + "{'Type':'bind','Source':'//var/run/docker.sock'},{'Type':'volume','Source':'v',"
                + "'VolumeOptions':{'DriverConfig':{'Options':{'o':'bind','device':'/'}}}}]},"
                + "'Mounts':[{'Type':'bind','Source':'/from/another'},"
                + "{'Type':'volume','Source':'/var/lib/docker/volumes/v/_data'}]}");
    List<String> paths = List.of("/etc", "/var/run/docker.sock", "/", "/from/another");
    assertEquals(paths, event.values("hostPaths"));
    assertEquals(paths, event.values("hostFolders"));
  }

  @ParameterizedTest
  @CsvSource({
    "seccomp=unconfined, seccomp",
    "seccomp:unconfined, seccomp",
    "apparmor:unconfined, apparmor",
    "label=disable, selinux",
    "label:disable, selinux"
  })
  void knowsBothSpellingsOfSecurityOptions(String option, String free) {
    DockerEvent event = inspected("{'HostConfig':{'SecurityOpt':['" + option + "']}}");
    assertEquals(List.of(free), event.values("unconfined"));
    assertEquals(List.of("false"), event.values("noNewPrivileges"));
  }

  @ParameterizedTest
  @CsvSource({"SCMP_ACT_ALLOW, seccomp", "SCMP_ACT_ERRNO,"})
  void aSeccompProfileThatAllowsTheRestIsNone(String action, String free) {
    String profile = "{\\'defaultAction\\':\\'" + action + "\\',\\'syscalls\\':[]}";
    DockerEvent event = inspected("{'HostConfig':{'SecurityOpt':['seccomp=" + profile + "']}}");
    assertEquals(free == null ? List.of() : List.of(free), event.values("unconfined"));
  }

  @Test
  void aStartTellsRightsTooSinceOldClientsGiveThemThere() {
    DockerEvent event =
        decode(
            CREATE.replace("'create'", "'start'")
                + "\n{'fact':'inspect','status':200,'body':{'HostConfig':{'Privileged':true}}}");
    assertEquals(List.of("true"), event.values("privileged"));
    assertEquals(List.of("false"), event.values("firstShown"));
  }

  @Test
  void theHealthOfAContainerIsBehindTheColon() {
    DockerEvent event = decode(CREATE.replace("'create'", "'health_status: unhealthy'"));
    assertEquals(List.of("health_status"), event.values("action"));
    assertEquals(List.of("health_status: unhealthy"), event.values("Action"));
    assertEquals(List.of(), event.values("command"));
  }

  @Test
  void unmaskedSystemPathsAreAnEmptyList() {
    assertEquals(
        List.of("systempaths"),
        inspected("{'HostConfig':{'MaskedPaths':[]}}").values("unconfined"));
    assertEquals(List.of(), inspected("{'HostConfig':{'MaskedPaths':null}}").values("unconfined"));
  }

  @ParameterizedTest
  @CsvSource({
    "no-new-privileges, true",
    "no-new-privileges:true, true",
    "no-new-privileges=false, false"
  })
  void readsNoNewPrivileges(String option, String so) {
    DockerEvent event = inspected("{'HostConfig':{'SecurityOpt':['" + option + "']}}");
    assertEquals(List.of(so), event.values("noNewPrivileges"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'HostConfig':{'Privileged':true}}                                    | true
          {'hostconfig':{'privileged':true}}                                    | true
          {'HostConfig':{'Privileged':false},'HOSTCONFIG':{'Privileged':true}}  | true
          {'HostConfig':{'Privileged':true},'HostConfig':{'CapAdd':['X']}}      | true
          {'HostConfig':{'Privileged':true,'privileged':false}}                 | false
          {'HostConfig':{'Privileged':true,'Privileged':null}}                  | true
          {'HostConfig':{'Privileged':true},'HostConfig':null}                  |
          {'Ho\u017ftConfig':{'Privileged':true}}                               | true
          {'HostConfig':{'Privileged':true}} and more                           | true
          """)
  void readsARequestAsTheEngineDoes(String body, String privileged) {
    DockerEvent event = heard(body, "{'Id':'abc'}");
    assertEquals(privileged == null ? List.of() : List.of(privileged), event.values("privileged"));
    assertEquals(List.of("authz"), event.values("facts"));
  }

  @Test
  void readsMountsOfARequestInAnySpelling() {
    DockerEvent event =
        heard("{'hostConfig':{'mounts':[{'type':'bind','SOURCE':'/etc/'}]}}", "{'Id':'abc'}");
    assertEquals(List.of("/etc"), event.values("hostPaths"));
  }

  @Test
  void aCallThatMadeAnotherContainerSaysNothing() {
    DockerEvent event = heard("{'HostConfig':{'Privileged':true}}", "{'Id':'other'}");
    assertEquals(List.of("missing"), event.values("facts"));
    assertEquals(List.of(), event.values("privileged"));
  }

  @Test
  void whatTheEngineTookCountsMoreThanWhatWasAsked() {
    DockerEvent event =
        decode(
            CREATE
                + "\n"
                + authz("{'HostConfig':{'Privileged':true}}", "{'Id':'abc'}")
                + "\n{'fact':'inspect','status':200,'body':{'HostConfig':{'Privileged':false}}}");
    assertEquals(List.of("false"), event.values("privileged"));
    assertEquals(List.of("authz", "inspect"), event.values("facts"));
    assertEquals(Map.of("kind", "user", "name", "ops"), event.actor());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'fact':'inspect','status':404}
          {'fact':'inspect','missing':'no answer in 5 s'}
          {'fact':'inspect','status':200,'body':{'HostConfig'
          {'fact':'rumour','body':{'HostConfig':{'Privileged':true}}}
          not JSON
          """)
  void aFactThatCannotBeReadIsMissing(String line) {
    DockerEvent event = decode(CREATE + "\n" + line);
    assertEquals(List.of("missing"), event.values("facts"));
    assertEquals(List.of(), event.values("privileged"));
    assertEquals(List.of("web"), event.values("name"));
  }

  @Test
  void theTextOfAnExecIsNotItsAction() {
    String hostile = "exec_create: sh -c \\u001b[2J\\n: exec_die " + "x".repeat(60_000);
    String line = CREATE.replace("'create'", "'" + hostile + "'");
    DockerEvent event = decode(line);
    assertEquals(List.of("exec_create"), event.values("action"));
    assertTrue(event.values("command").get(0).startsWith("sh -c \u001b[2J\n"));
    assertEquals(1795233918390849886L, event.nanos());
    assertTrue(event.id().length() < 200, event.id());
    assertNotEquals(event.id(), decode(line.replace("xxx", "xx")).id());
  }

  @Test
  void inspectTellsAnExecsUserAndRights() {
    DockerEvent event =
        decode(
            CREATE.replace("'create'", "'exec_create: id '")
                + "\n{'fact':'inspect','status':200,'body':{'ProcessConfig':{'entrypoint':'id',"
                + "'arguments':['-u'],'privileged':true,'user':'0'}}}");
    assertEquals(List.of("id -u"), event.values("command"));
    assertEquals(List.of("true"), event.values("execPrivileged"));
    assertEquals(List.of("0"), event.values("execUser"));
    assertEquals(List.of(), event.values("privileged"));
  }

  @Test
  void namesOfVolumesAndImagesAreNotHex() {
    DockerEvent event =
        decode(
            "{'Type':'image','Action':'pull','Actor':{'ID':'a/b:1','Attributes':{'name':'a/b'}},"
                + "'timeNano':1}");
    assertEquals(List.of("a/b:1"), event.values("image"));
    assertEquals(Map.of("kind", "image", "name", "a/b", "id", "a/b:1"), event.target());
  }

  @Test
  void aVolumesOwnAnswerTellsWhatItBinds() {
    DockerEvent event =
        decode(
            "{'Type':'volume','Action':'create','Actor':{'ID':'v'},'timeNano':1}\n"
                + "{'fact':'inspect','status':200,'body':{'Options':{'o':'bind','device':'/'}}}");
    assertEquals(List.of("/"), event.values("hostPaths"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                             | no Type
          {'Type':'container'}                           | no Action
          {'Type':'a','Action':'b'}                      | no timeNano
          {'Type':'a','Action':'b','timeNano':1.5}       | its time is not a whole number in a long
          """)
  void saysWhyOtherJsonIsRefused(String line, String reason) {
    assertEquals(
        "JSON, but not a Docker event: " + reason,
        assertThrows(UnreadableRecordException.class, () -> decode(line)).getMessage());
  }

  private static DockerEvent inspected(String body) {
    return decode(CREATE + "\n{'fact':'inspect','status':200,'body':" + body + "}");
  }

  private static DockerEvent heard(String request, String answer) {
    return decode(CREATE + "\n" + authz(request, answer));
  }

  private static String authz(String request, String answer) {
    return "{'fact':'authz','body':{'User':'ops','RequestBody':'"
        + base64(request)
        + "','ResponseBody':'"
        + base64(answer)
        + "'}}";
  }

  private static String base64(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static DockerEvent decode(String text) {
    return DockerEvent.decode("host", text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
