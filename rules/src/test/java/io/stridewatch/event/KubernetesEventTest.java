package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesEventTest {
  private static final String NAMED =
      "'auditID':'i','stageTimestamp':'2026-11-21T04:45:57.286386Z'";

  @Test
  void readsAnItemWithoutKindAndVersion() {
    KubernetesEvent event = event("'stage':'ResponseComplete','verb':'get'");
    assertEquals(List.of("get"), event.values("verb"));
    assertEquals("2026-11-21T04:45:57.286386Z", event.time().toString());
    assertEquals("i/ResponseComplete", event.ref());
    assertTrue(event.id().startsWith("i/ResponseComplete/"), event.id());
  }

  @Test
  void idsDifferWhereAClientRepeatsItsAuditId() {
    String first = event("'requestURI':'/a','requestReceivedTimestamp':'x'").id();
    assertNotEquals(first, event("'requestURI':'/b','requestReceivedTimestamp':'x'").id());
    assertNotEquals(first, event("'requestURI':'/a','requestReceivedTimestamp':'y'").id());
    assertEquals(first, event("'requestReceivedTimestamp':'x','requestURI':'/a'").id());
  }

  @Test
  void cutsAnAuditIdOfFiveThousandBytes() {
    String time = "'stageTimestamp':'2026-11-21T04:45:57Z'";
    KubernetesEvent one = decode("{'auditID':'" + "A".repeat(5000) + "'," + time + "}");
    KubernetesEvent other = decode("{'auditID':'" + "A".repeat(5001) + "'," + time + "}");
    assertEquals(101, one.ref().length());
    assertNotEquals(one.ref(), other.ref());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a':1}                                | no auditID
          {'kind':'EventList','items':[]}        | no auditID (a list: its items are the events)
          {'auditID':null}                       | no auditID
          {'auditID':'i'}                        | no stageTimestamp
          {'auditID':'i','apiVersion':'v1'}      | apiVersion is not of audit.k8s.io
          """)
  void saysWhyOtherJsonIsRefused(String json, String reason) {
    assertEquals("JSON, but not a Kubernetes audit event: " + reason, fault(json));
  }

  @Test
  void refusesWhatIsNoObject() {
    assertEquals("JSON, but not an object", fault("[1]"));
    assertEquals("not JSON: text after the end at byte 4", fault("2026-11-21T04:34:49Z AUDIT: id"));
  }

  @Test
  void anEventOfNobodyIsOfItsAddress() {
    KubernetesEvent event = event("'user':{},'sourceIPs':['10.0.0.1','192.0.2.7']");
    assertEquals(
        Map.of("kind", "address", "name", "192.0.2.7", "address", "192.0.2.7"), event.actor());
    assertEquals(List.of("false"), event.values("person"));
    assertNull(event("'user':{}").actor());
  }

  @Test
  void theAddressIsThePeerNotWhatTheClientClaims() {
    assertEquals(
        List.of("192.0.2.7"), event("'sourceIPs':['127.0.0.1','192.0.2.7']").values("address"));
  }

  @ParameterizedTest
  @CsvSource({
    "alice@example.com, user, true",
    "system:anonymous, user, false",
    "system:node:worker-1, node, false",
    "system:serviceaccount:dev:default, serviceaccount, false"
  })
  void tellsPeopleFromMachines(String user, String kind, String person) {
    KubernetesEvent event = event("'user':{'username':'" + user + "'}");
    assertEquals(kind, event.actor().get("kind"));
    assertEquals(List.of(user), event.values("actor"));
    assertEquals(List.of(person), event.values("person"));
  }

  @Test
  void namesWhoIsImpersonatedBesideWhoDoesIt() {
    Map<String, String> actor =
        event("'user':{'username':'eve'},'impersonatedUser':{'username':'root'}").actor();
    assertEquals(Map.of("kind", "user", "name", "eve", "impersonates", "root"), actor);
  }

  @Test
  void theSubresourceBelongsToTheResource() {
    KubernetesEvent event =
        event("'objectRef':{'resource':'pods','subresource':'exec','namespace':'n','name':'p'}");
    assertEquals(List.of("pods/exec"), event.values("resource"));
    assertEquals(Map.of("kind", "pods/exec", "name", "p", "namespace", "n"), event.target());
  }

  @Test
  void deletecollectionNamesNoObject() {
    KubernetesEvent event =
        event("'verb':'deletecollection','objectRef':{'resource':'secrets','namespace':'n'}");
    assertEquals(List.of(), event.values("name"));
    assertEquals("*", event.target().get("name"));
  }

  @Test
  void aGeneratedNameIsInTheAnswer() {
    KubernetesEvent event =
        event(
            "'verb':'create','objectRef':{'resource':'pods'},"
                + "'responseObject':{'metadata':{'name':'web-x7x'}}");
    assertEquals(List.of("web-x7x"), event.values("name"));
  }

  @Test
  void aRequestForNoResourceIsForAPath() {
    KubernetesEvent event = event("'requestURI':'/%68ealthz?verbose'");
    assertEquals(Map.of("kind", "path", "name", "/healthz"), event.target());
    assertNull(event("'verb':''").target());
  }

  @Test
  void readsTheWordsOfAnExec() {
    KubernetesEvent event =
        event(
            "'objectRef':{'resource':'pods','subresource':'exec'},'requestURI':"
                + "'/api/v1/namespaces/n/pods/p/exec?command=sh\\u0026command=-c"
                + "\\u0026c%6Fmmand=cat+%2Fetc%2Fshadow\\u0026stdout=true'");
    assertEquals(List.of("sh", "-c", "cat /etc/shadow"), event.values("command"));
  }

  @Test
  void readsACommandRunThroughAKubelet() {
    KubernetesEvent event =
        event(
            "'objectRef':{'resource':'nodes','subresource':'proxy','name':'worker-1:10250'},"
                + "'requestURI':'/api/v1/nodes/worker-1:10250/proxy/run/n/p/c?cmd=id'");
    assertEquals(List.of("id"), event.values("command"));
  }

  @Test
  void knowsWhatDecidedARefusal() {
    KubernetesEvent event =
        event(
            "'responseStatus':{'code':403},"
                + "'annotations':{'authorization.k8s.io/decision':'allow'}");
    assertEquals(List.of("403"), event.values("code"));
    assertEquals(List.of("allow"), event.values("decision"));
  }

  @Test
  void readsProfilesOfOldAsAnnotations() {
    KubernetesEvent event =
        event(
            "'requestObject':{'metadata':{'annotations':{"
                + "'container.apparmor.security.beta.kubernetes.io/web':'unconfined',"
                + "'seccomp.security.alpha.kubernetes.io/pod':'unconfined'}}}");
    assertEquals(List.of("seccomp", "apparmor"), event.values("unconfined"));
  }

  @Test
  void aVolumeOfTheClusterMayBeAHostPathToo() {
    KubernetesEvent event =
        event("'requestObject':{'kind':'PersistentVolume','spec':{'hostPath':{'path':'/srv/'}}}");
    assertEquals(List.of("/srv"), event.values("hostPaths"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'requestURI':'/a?dryRun=All'                                   | true
          'requestURI':'/a?fieldManager=x&dryRun=%41ll'                  | true
          'requestURI':'/dryRun=All'                                     | false
          'verb':'delete','requestObject':{'kind':'DeleteOptions','dryRun':['All']} | true
          'requestObject':{'kind':'Widget','dryRun':['All']}             | false
          """)
  void knowsADryRun(String member, String dryRun) {
    assertEquals(List.of(dryRun), event(member).values("dryRun"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'Pod','spec':%s}",
        "{'kind':'Deployment','spec':{'template':{'spec':%s}}}",
        "{'kind':'CronJob','spec':{'jobTemplate':{'spec':{'template':{'spec':%s}}}}}",
        "{'kind':'PodTemplate','template':{'spec':%s}}",
        "[{'op':'replace','path':'/spec/template/spec','value':%s}]",
        "[{'op':'test','path':'/x','value':1},{'op':'add','path':'','value':{'spec':%s}}]",
        "[{'op':'replace','path':'/spec/template','value':{'spec':%s}}]",
      })
  void seesThroughTemplatesAndPatchesOfAllKinds(String body) {
    String spec =
        "{'hostPID':true,'containers':[{'image':'a','securityContext':{'privileged':false}}],"
            + "'initContainers':[{'image':'b','securityContext':{'privileged':true,"
            + "'capabilities':{'add':['CAP_SYS_PTRACE','sys_module']}}}],"
            + "'ephemeralContainers':[{'image':'c','securityContext':{'runAsUser':0}}],"
            + "'volumes':[{'hostPath':{'path':'//etc//kubernetes/./'}}]}";
    KubernetesEvent event = event("'requestObject':" + String.format(body, spec));
    assertEquals(List.of("true"), event.values("privileged"));
    assertEquals(List.of("pid"), event.values("hostNamespaces"));
    assertEquals(List.of("SYS_PTRACE", "SYS_MODULE"), event.values("capabilities"));
    assertEquals(List.of("/etc/kubernetes"), event.values("hostPaths"));
    assertEquals(List.of("a", "b", "c"), event.values("images"));
    assertEquals(List.of("true"), event.values("runAsRoot"));
  }

  @Test
  void seesTheLeafThatAJsonPatchWrites() {
    KubernetesEvent event =
        event(
            "'requestObject':[{'op':'add','path':"
                + "'/spec/template/spec/containers/0/securityContext/privileged','value':true},"
                + "{'op':'add','path':"
                + "'/spec/template/spec/containers/0/securityContext/capabilities/add/-',"
                + "'value':'SYS_ADMIN'},{'op':'add','path':'/metadata/annotations/"
                + "container.apparmor.security.beta.kubernetes.io~1web','value':'unconfined'},"
                + "{'op':'remove','path':'/spec/template/spec/hostPID','value':true}]");
    assertEquals(List.of("true"), event.values("privileged"));
    assertEquals(List.of("SYS_ADMIN"), event.values("capabilities"));
    assertEquals(List.of("apparmor"), event.values("unconfined"));
    assertEquals(List.of(), event.values("hostNamespaces"));
  }

  @Test
  void aStatusUpdateGivesPodsNothing() {
    String spec = "'requestObject':{'spec':{'template':{'spec':{'hostPID':true}}}}";
    String ref = "'objectRef':{'resource':'deployments','subresource':'status'},";
    assertEquals(List.of("pid"), event(spec).values("hostNamespaces"));
    assertEquals(List.of(), event(ref + spec).values("hostNamespaces"));
  }

  @Test
  void refusesTimesThatAreNone() {
    String fault = "a time that is not RFC 3339 between 1678 and 2261";
    for (String time : List.of("", "yesterday", "2026-02-30T00:00:00Z", "2026-11-21T04:45:57")) {
      assertEquals(fault, fault("{'auditID':'i','stageTimestamp':'" + time + "'}"));
    }
  }

  private static String fault(String json) {
    return assertThrows(UnreadableRecordException.class, () -> decode(json)).getMessage();
  }

  private static KubernetesEvent event(String members) {
    return decode("{" + NAMED + "," + members + "}");
  }

  private static KubernetesEvent decode(String json) {
    return KubernetesEvent.decode("lab", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
