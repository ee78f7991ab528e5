package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.docker.PluginClient.Recorded;
import io.stridewatch.event.Decoders;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthzCallTest {
  private static final long NANOS = 1_795_234_206_485_924_405L;

  @Test
  void keepsACallAsItCame() {
    Recorded recorded = Recorded.of("Res", "name=keep");
    AuthzCall call = read(recorded);
    assertArrayEquals(recorded.body(), call.body());
    assertEquals(List.of(), call.masked());
    assertTrue(call.create());
    assertEquals(64, call.made().length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/containers/create",
        "/v1.41/containers/create?name=x",
        "/v1.12/%63ontainers/%63reate",
        "http://host/v1.41/containers/create?a=b#c"
      })
  void takesAPathAsTheEngineDoes(String uri) {
    assertTrue(read("POST", uri).create(), uri);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/v1.41/containers/json,false",
    "HEAD,/_ping,false",
    "POST,/v1.41/containers/x/wait,false",
    "POST,/v1.41/containers/x/resize?h=1,false",
    "POST,/v1.41/exec/x/resize,false",
    "GET,/v1.41/containers/x/attach/ws?stdin=1,true",
    "POST,/v1.41/containers/x/attach,true",
    "PUT,/v1.41/containers/x/archive?path=/,true",
    "DELETE,/v1.41/images/x,true",
    "post,/v1.41/build,true"
  })
  void knowsWhatChangesSomething(String method, String uri, boolean changes) {
    assertEquals(changes, read(method, uri).changes(), method + " " + uri);
  }

  @Test
  void marksACreationWhoseBodyNeverCame() {
    AuthzCall call = read(Recorded.of("Res", "name=c7"));
    assertTrue(call.bodyless());
    assertTrue(text(call.fact()).contains(",\"missing\":\"the engine tells no body: "));
    assertTrue(text(call.record()).contains(",\"missing\":\"the engine tells no body: "));
    assertFalse(read(Recorded.of("Res", "name=keep")).bodyless());
  }

  @Test
  void keepsALoginOut() {
    AuthzCall call = read(Recorded.of("Res", "/auth"));
    assertEquals(List.of("RequestBody", "ResponseBody"), call.masked());
    assertFalse(text(call.record()).contains(base64("login-invented-pw").substring(4, 16)));
    assertTrue(text(call.record()).contains("\"RequestBody\":\"***\""));
  }

  @Test
  void keepsALoginOutHoweverItsPathIsSpelt() {
    String body = ",\"RequestBody\":\"" + base64("{\"password\":\"x\"}") + "\"";
    assertEquals(List.of("RequestBody"), read("POST", "/v1.41/%61uth", body).masked());
  }

  @Test
  void keepsABuildsArgumentsOut() {
    AuthzCall call = read(Recorded.of("Req", "bk-invented-token-0099"));
    String record = text(call.record());
    assertFalse(record.contains("bk-invented-token-0099"), record);
    assertTrue(record.contains("?buildargs=***&buildid="), record);
    assertEquals(List.of("RequestUri"), call.masked());
  }

  @Test
  void keepsSwarmSecretsAndVolumePasswordsOut() {
    assertTrue(read(Recorded.of("Req", "/secrets/create")).masked().contains("RequestBody"));
    assertTrue(read(Recorded.of("Res", "/volumes/create")).masked().contains("RequestBody"));
    assertTrue(
        read("POST", "/swarm/join", ",\"RequestBody\":\"e30=\"").masked().contains("RequestBody"));
  }

  @Test
  void keepsCredentialsInHeadersAndAddressesOut() {
    String headers = ",\"RequestHeaders\":{\"x-registry-AUTH\":\"s3\",\"Authorization\":\"s4\"}";
    AuthzCall call = read("POST", "/build?remote=https%3A%2F%2Fme%3As5%40git%2Fx.git&t=a", headers);
    String record = text(call.record());
    assertFalse(record.matches(".*s[345].*"), record);
    assertTrue(record.contains("remote=https%3A%2F%2F***%40git%2Fx.git&t=a"), record);
  }

  @Test
  void makesRecordsThatCanBeDecoded() {
    for (Recorded recorded : Recorded.all()) {
      AuthzCall call = read(recorded);
      AuditEvent event = Decoders.decode(Source.DOCKER, "lab", call.record());
      assertEquals(List.of("authz"), event.values("Type"));
      assertEquals(NANOS, event.nanos());
      assertEquals(List.of(recorded.method()), event.values("call.RequestMethod"));
    }
  }

  @Test
  void namesWhatTheRequestIsAbout() {
    AuthzCall call = read("POST", "/v1.41/containers/web/exec");
    AuditEvent event = Decoders.decode(Source.DOCKER, "lab", call.record());
    assertEquals(List.of("POST /containers/web/exec"), event.values("Action"));
    assertEquals(List.of("web"), event.values("Actor.ID"));
  }

  @Test
  void saysWhoAskedOverTls() {
    AuthzCall call = read("POST", "/build", ",\"User\":\"alice\",\"UserAuthNMethod\":\"TLS\"");
    AuditEvent event = Decoders.decode(Source.DOCKER, "lab", call.record());
    assertEquals("alice", event.actor().get("name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{}", "{\"RequestMethod\":1,\"RequestUri\":\"/\"}", "{"})
  void refusesWhatIsNoCall(String json) {
    assertThrows(
        UnreadableRecordException.class, () -> AuthzCall.read("AuthZReq", 1, json.getBytes(UTF_8)));
  }

  private static AuthzCall read(Recorded recorded) {
    return AuthzCall.read(recorded.call().substring(13), NANOS, recorded.body());
  }

  private static AuthzCall read(String method, String uri) {
    return read(method, uri, "");
  }

  private static AuthzCall read(String method, String uri, String more) {
    String json = "{\"RequestMethod\":\"%s\",\"RequestUri\":\"%s\"%s}".formatted(method, uri, more);
    return AuthzCall.read("AuthZReq", NANOS, json.getBytes(UTF_8));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
