package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.stridewatch.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SecretsTest {
  @Test
  void masksTheValueAndNothingElse() {
    Map<String, String> commands =
        Map.ofEntries(
            Map.entry("mysql -uroot -pS3cret -h db", "mysql -uroot -p*** -h db"),
            Map.entry("docker login -u me -p hunter22 reg", "docker login -u me -p *** reg"),
            Map.entry("curl -u bob:pa55word https://x", "curl -u bob:*** https://x"),
            Map.entry("sshpass -p 'my pw' ssh x", "sshpass -p '***' ssh x"),
            Map.entry("--db-token abcdef -v", "--db-token *** -v"),
            Map.entry("PGPASSWORD=abc psql", "PGPASSWORD=*** psql"),
            Map.entry(
                "-H 'Authorization: Bearer abcdef0123456789'", "-H 'Authorization: Bearer ***'"),
            Map.entry("-H 'Authorization: Basic dXNlcjpwYXNz'", "-H 'Authorization: Basic ***'"),
            Map.entry("{\"password\": \"x y z\"}", "{\"password\": \"***\"}"),
            Map.entry("username=u,password=p4ss,word,addr=1", "username=u,password=***,addr=1"),
            Map.entry("//r/:_authToken=npmtok123", "//r/:_authToken=***"),
            Map.entry("<password>foo</password>", "<password>***</password>"),
            Map.entry("redis://:s3cretpw@cache:6379/0", "redis://:***@cache:6379/0"),
            Map.entry("ARG S=multi-invented-secret", "ARG S=***"),
            Map.entry(
                "/bin/sh -c #(nop)  ARG S=multi-invented-secret", "/bin/sh -c #(nop)  ARG S=***"),
            Map.entry(
                "RUN |2 V=1 T=a-token /bin/sh -c x=a-token",
                "RUN |2 V=1 T=a-token /bin/sh -c x=a-token"),
            Map.entry("|2 V=1.2 T=build-token /bin/sh -c make", "|2 V=1.2 T=*** /bin/sh -c make"),
            Map.entry(
                "RUN |1 TOK=bk-0099-a /bin/sh -c x # buildkit",
                "RUN |1 TOK=*** /bin/sh -c x # buildkit"),
            Map.entry("é AKIAQ7ZLMXNB4TWR5V2D é", "é *** é"));
    commands.forEach((command, masked) -> assertEquals(masked, Secrets.masked(command)));
  }

  @Test
  void leavesIdsReferencesAndOrdinaryWordsAlone() {
    for (String text :
        List.of(
            "docker run -p 80:80 --name x registry/team/token:v1.2",
            "-e PASSWORD_FILE=/run/secrets/db -e PASSWORD= -e TOKEN=${TOKEN}",
            "export TOKEN=$(cat /run/secrets/t)",
            "sha256:31ac92fefcee328e145dd34c7ce375d88a7182b0db523db57f756f688149bb4c",
            "GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D",
            "8591f751-f931-498c-bc9e-ac71284db95b",
            "docker build --secret id=s,src=/x .",
            "secret/db-password configured",
            "GREETING=pass the salt",
            "ARG MODE=token-exchange",
            "ARG SECRET_NAME=db-secret",
            "NAME=db-secret run",
            "system:serviceaccount:kube-system:token-cleaner",
            "https://db.example.test:5432/a@b",
            "/api/v1/pods?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MTIzfQ")) {
      assertEquals(text, Secrets.masked(text));
    }
  }

  @Test
  void knowsANameThatTellsByItsWords() {
    for (String name :
        List.of("DB_PASSWORD", "PGPASSWORD", "clientSecret", "x-api-key", "MYSQL_PWD", "token2")) {
      assertNotNull(SecretName.kind(name), name);
    }
    for (String name :
        List.of(
            "PASSWORD_FILE",
            "PWD",
            "secretName",
            "tokenExpirationSeconds",
            "COMPASS",
            "SSH_PUBLIC_KEY",
            "imagePullSecrets",
            "TOKEN_URL",
            "MONKEYS")) {
      assertNull(SecretName.kind(name), name);
    }
  }

  /** Real events of which few hold a secret: no id, digest, hash or name is taken for one. */
  @Test
  void findsInRecordingsOnlyWhatIsPlantedThere() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path recording : Recordings.all()) {
      for (byte[] raw : Recordings.records(recording)) {
        for (Secret secret : Secrets.of(Recordings.source(recording), raw)) {
          found.add(secret.value());
        }
      }
    }
    assertEquals(
        Set.of(
            "Tr0ub4dor-and-3",
            "l4bel-pw-91",
            "pg-invented-pw",
            "hunter2-literal",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        found);
  }

  @Test
  void foundInTheFormOfPlaceAndKind() {
    AuditdEvent event =
        AuditdLines.records(
            "EXECVE argc=2 a0=\"mysql\" a1=\"-phunter2\"", "PATH name=\"-phunter2\"");
    assertEquals(List.of("command (password)"), event.values("secrets"));
    assertEquals("[password at EXECVE.a1]", Secrets.of(Source.AUDITD, event.raw()).toString());
  }

  @Test
  void aVariableThatAJsonPatchWritesIsOneOfTheEnvironment() throws Exception {
    String list = "[{\"op\":\"add\",\"path\":\"/spec/containers/0/env\",\"value\":[%s]}]";
    String one = "[{\"op\":\"add\",\"path\":\"/spec/containers/0/env/-\",\"value\":%s}]";
    for (String patch : List.of(list, one)) {
      String body = patch.formatted("{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2-literal\"}");
      assertEquals(List.of("environment DB_PASSWORD (password)"), secretsOfPatch(body));
    }
  }

  private static List<String> secretsOfPatch(String body) throws Exception {
    String event =
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\"a\",\"verb\":\"patch\","
            + "\"stage\":\"ResponseComplete\",\"stageTimestamp\":\"2026-11-21T04:45:57.287923Z\","
            + "\"objectRef\":{\"resource\":\"deployments\"},\"requestObject\":%s}";
    byte[] raw = event.formatted(body).getBytes(StandardCharsets.UTF_8);
    return Decoders.decode(Source.KUBERNETES, "lab", raw).values("secrets");
  }

  /** Text that starts again and again what it never ends. */
  @Test
  void timeGrowsWithTheLengthAlone() {
    for (String part :
        List.of(
            "token=$(",
            "eyJaaaaaaaaaaaaaaa-",
            "://a:",
            "-----BEGIN ",
            "password=\"\\",
            "token: ",
            "--token ",
            ",a,",
            "[{\"",
            "xoxb-",
            "password    ",
            "Bearer a")) {
      byte[] raw = ("{\"a\":\"" + part.repeat(100_000)).getBytes(StandardCharsets.UTF_8);
      assertTimeout(Duration.ofSeconds(10), () -> Secrets.of(Source.DOCKER, raw));
    }
  }
}
