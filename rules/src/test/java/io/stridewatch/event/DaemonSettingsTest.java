package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonSettingsTest {
  private static final String RELOAD =
      "{'Type':'daemon','Action':'reload','Actor':{'ID':'x'},'timeNano':1795233918390849886}";
  private static final String NO_FILE = "{'fact':'configuration','status':404}";

  @Test
  void whatNeitherFileNorArgumentsGiveIsTheDefault() {
    DockerEvent event = decode(NO_FILE, arguments("'dockerd'"));
    assertEquals(List.of("configuration", "arguments"), event.values("facts"));
    assertEquals(List.of("unix:///var/run/docker.sock"), event.values("hosts"));
    assertEquals(List.of("true"), event.values("icc"));
    assertEquals(List.of("false"), event.values("tls"));
    assertEquals(List.of("false"), event.values("noNewPrivileges"));
    assertEquals(List.of("info"), event.values("logLevel"));
    assertEquals(List.of(), event.values("authorizationPlugins"));
  }

  @Test
  void nothingIsToldOfWhatCouldNotBeRead() {
    String unread = "{'fact':'configuration','missing':'may not be read by this user'}";
    DockerEvent event = decode(unread, arguments("'dockerd','--icc=0'"));
    assertEquals(List.of("missing", "arguments"), event.values("facts"));
    assertEquals(List.of(), event.values("noNewPrivileges"));
    assertEquals(List.of(), event.values("tls"));
    assertEquals(List.of("false"), event.values("icc"));
  }

  @Test
  void whatBothGiveHasBothValues() {
    String file = "'hosts':['fd://'],'log-level':'warn','live-restore':true";
    DockerEvent event =
        decode(
            configuration(file), arguments("'dockerd','-Htcp://:2375','-l','debug','--tlsverify'"));
    assertEquals(List.of("fd://", "tcp://:2375"), event.values("hosts"));
    assertEquals(List.of("warn", "debug"), event.values("logLevel"));
    assertEquals(List.of("true"), event.values("liveRestore"));
    assertEquals(List.of("true"), event.values("tls"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'-H','tcp://:1' | hosts | tcp://:1",
        "'-H=tcp://:1' | hosts | tcp://:1",
        "'--host=tcp://:1' | hosts | tcp://:1",
        "'-D','-H','tcp://:1' | debug | true",
        "'--icc=F' | icc | false",
        "'--authorization-plugin','a' | authorizationPlugins | a",
        "'--no-new-privileges','--debug' | noNewPrivileges | true",
        "'--insecure-registry=r:5000' | insecureRegistries | r:5000"
      })
  void readsEachWayToWriteAFlag(String words, String field, String value) {
    DockerEvent event = decode(NO_FILE, arguments("'dockerd'," + words));
    assertEquals(List.of(value), event.values(field));
  }

  @Test
  void namesWhatChanged() {
    DockerEvent event =
        decode(
            configuration("'icc':true").replace("'body'", "'changed':{'icc':[false,true]},'body'"),
            arguments("'dockerd'").replace("'body'", "'changed':{'hosts':['fd://',null]},'body'"));
    assertEquals(List.of("icc", "hosts"), event.values("changed"));
  }

  @Test
  void theFileIsNoAnswerOfTheEngines() {
    DockerEvent event = decode(configuration("'Debug':true,'name':'x'"), arguments("'dockerd'"));
    assertEquals(List.of(), event.values("Debug"));
    assertEquals(List.of(), event.values("name"));
  }

  @Test
  void factsOfTheDaemonSayNothingOfContainers() {
    byte[] raw =
        bytes(
            "{'Type':'container','Action':'create','Actor':{'ID':'x'},'timeNano':1}\n"
                + configuration("'no-new-privileges':true"));
    DockerEvent event = DockerEvent.decode("lab", raw);
    assertEquals(List.of(), event.values("noNewPrivileges"));
    assertEquals(List.of(), event.values("icc"));
  }

  @Test
  void masksSecretsOfTheFileTheArgumentsAndWhatTheyWere() {
    String file =
        "'log-opts':{'splunk-token':'Zx81secret1','tag':'web'},"
            + "'proxies':{'http-proxy':'http://ops:Zx81secret2@proxy:3128'}";
    String was =
        "'changed':{'log-opts':[{'splunk-token':'Zx81secret3'},null],"
            + "'http-proxy':['http://ops:Zx81secret4@proxy:3128',null]},'body'";
    String words =
        "'dockerd','--log-opt','splunk-token=Zx81secret5','--log-opt=gelf-token=Zx81secret6'";
    String before = "'changed':{'log-opts':[['splunk-token=Zx81secret7','tag=x'],null]},'body'";
    DockerEvent event =
        decode(
            configuration(file).replace("'body'", was), arguments(words).replace("'body'", before));
    String shown = masked(event);
    assertTrue(!shown.contains("Zx81"), shown);
    assertTrue(shown.contains("proxy:3128") && shown.contains("web"), shown);
  }

  private static String masked(DockerEvent event) {
    byte[] raw = event.raw().clone();
    event.secrets().forEach(secret -> Arrays.fill(raw, secret.from(), secret.to(), (byte) '*'));
    return new String(raw, StandardCharsets.UTF_8);
  }

  private static String configuration(String members) {
    return "{'fact':'configuration','path':'/etc/docker/daemon.json','status':200,'body':{"
        + members
        + "}}";
  }

  private static String arguments(String words) {
    return "{'fact':'arguments','status':200,'body':{'args':[" + words + "]}}";
  }

  private static DockerEvent decode(String... facts) {
    return DockerEvent.decode("lab", bytes(RELOAD + "\n" + String.join("\n", facts)));
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
