package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Source;
import io.stridewatch.event.Decoders;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules in the shapes of the public ones for auditd and the Kubernetes audit log, on records as
 * these systems write them.
 */
class PublicRulesTest {
  private static final String STAMP = "msg=audit(1795248300.123:42): ";
  private static final String EXECVE =
      "type=SYSCALL "
          + STAMP
          + "arch=c000003e syscall=59 success=yes exit=0 a0=55d0 a1=55d1 a2=26 a3=8 items=2 ppid=1"
          + " pid=2 auid=1000 uid=0 gid=0 euid=33 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0"
          + " ses=3 comm=\"grep\" exe=\"/usr/bin/grep\" key=\"exec\"\n"
          + "type=EXECVE "
          + STAMP
          + "argc=3 a0=\"grep\" a1=6D792070617373776F7264 a2=\"/etc/x\"\n"
          + "type=CWD "
          + STAMP
          + "cwd=\"/var/opt/scx/tmp\"\n"
          + "type=PATH "
          + STAMP
          + "item=0 name=\"/etc/systemd/system/x.service\" inode=1 dev=fe:00 mode=0100644 ouid=0 ogid=0"
          + " rdev=00:00 nametype=CREATE cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0 cap_frootid=0\n"
          + "type=PROCTITLE "
          + STAMP
          + "proctitle=67726570006D792070617373776F7264";

  private static final String STOPPED =
      "type=SERVICE_STOP "
          + STAMP
          + "pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=firewalld comm=\"systemd\""
          + " exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? res=success'";

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "s: {type: SYSCALL, SYSCALL: [execve, execveat], euid: 33}§true",
        "s: {type: execve, a0: grep, a2|endswith: /x}§true",
        "s: {type: SYSCALL, syscall: execve, uid: 0, cwd: /var/opt/scx/tmp, comm: grep}§true",
        "s: {type: SYSCALL, a2: 26, key: exec}§true",
        "s: {type: EXECVE, a2: 26}§false",
        "s: {type: EXECVE, a1: my password}§true",
        "p: {type: PATH, nametype: CREATE}; n_1: {name|startswith: [/usr/lib/systemd/system/, /etc/systemd/system/]}; n_2: {name|contains: /.config/}; condition: p and 1 of n_*§true",
        "s: {type: EXECVE}; k: {'|all': [grep, password]}; condition: s and k§true",
        "s: {type: EXECVE}; keyword: nothing; condition: s and keyword§false",
        "s: {type: SYSCALL}; filter_main_root: {uid: 0}; condition: s and not 1 of filter_main_*§false",
        "a: {type: SYSCALL, exe|endswith: /useradd}; b: {type: ADD_USER}; condition: 1 of them§false",
        "s: {type: EXECVE}; k: ['grep my pass']; condition: s and k§true",
        "s: {type: EXECVE}; k: ['|grep']; condition: s and k§false",
        "s: {type: EXECVE}; k: [0, 6]; condition: s and k§true",
        "s: {type: EXECVE, a0: grep}; n: [{a1|re: '(^|\\s)\\.[^.]'}, {a2|re: '(^|\\/)x$'}]; condition: s and n§true",
        "a1: {a1|endswith: word}; a2: {a2: /etc/x}; a3: {a3: x}; condition: a1 and a2 and not a3§true",
      })
  void findARecordOfAuditd(String detection, boolean fires) {
    assertEquals(fires, fires(Source.AUDITD, detection, EXECVE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "s: {type: SERVICE_STOP, unit: [firewalld, iptables, ufw]}§true",
        "s: {type: SERVICE_STOP, unit: ufw}§false",
      })
  void findWhatIsSaidInAMessage(String detection, boolean fires) {
    assertEquals(fires, fires(Source.AUDITD, detection, STOPPED));
  }

  private static final String CREATE =
      """
      {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","auditID":"a",\
      "stage":"ResponseComplete","requestURI":"/api/v1/namespaces/kube-system/pods","verb":"create",\
      "user":{"username":"eve"},"sourceIPs":["10.0.0.1"],"objectRef":{"resource":"pods",\
      "namespace":"kube-system","name":"p","apiVersion":"v1","apiGroup":"apps"},\
      "responseStatus":{"metadata":{},"code":403},"requestObject":{"spec":{"containers":[{"name":"c",\
      "securityContext":{"capabilities":{"add":["SYS_ADMIN"]}}}],"volumes":[{"name":"v",\
      "hostPath":{"path":"/etc"}}]}},"requestReceivedTimestamp":"2026-11-21T08:05:00.000000Z",\
      "stageTimestamp":"2026-11-21T08:05:00.100000Z"}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "s: {verb: create, objectRef.resource: pods, hostPath: '*'}§true",
        "s: {verb: create, objectRef.resource: pods, capabilities: '*'}§true",
        "s: {verb: create, apiGroup: apps, objectRef.resource: pods}§true",
        "s: {responseStatus.code: [401, 403]}§true",
        "s: {objectRef.namespace: kube-system, verb: [create, patch, replace]}§true",
        "s: {objectRef.subresource: exec}§false",
        "s: {file_path: '*gcc*'}§false",
      })
  void findARequestToKubernetes(String detection, boolean fires) {
    assertEquals(fires, fires(Source.KUBERNETES, detection, CREATE));
  }

  private static boolean fires(Source source, String detection, String record) {
    String whole = detection.contains("condition:") ? detection : detection + "; condition: s";
    String[] product =
        source == Source.AUDITD
            ? new String[] {"linux", "auditd"}
            : new String[] {"kubernetes", "audit"};
    String rule = Engines.rule("r", product[0], product[1], whole.replace("; ", "\n"));
    try (EsperRuleEngine engine = Engines.of(rule)) {
      byte[] raw = record.getBytes(StandardCharsets.UTF_8);
      return !engine.accept(Decoders.decode(source, "vm", raw)).isEmpty();
    }
  }
}
