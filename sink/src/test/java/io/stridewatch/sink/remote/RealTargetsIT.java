package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.AlertJson;
import io.stridewatch.Receipt;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the programs themselves, where this machine has them. */
@Timeout(60)
class RealTargetsIT {
  @TempDir Path folder;

  private static Path program(String name, String from) {
    Path program =
        List.of("/usr/sbin/", "/usr/bin/").stream()
            .map(directory -> Path.of(directory + name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(program != null, name + " is not here: apt-get install " + from);
    return program;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private void untilListening(Process process, int port) throws Exception {
    IntPredicate listening =
        each -> {
          try (Socket socket = new Socket("127.0.0.1", each)) {
            return socket.isConnected();
          } catch (IOException e) {
            return false;
          }
        };
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!listening.test(port)) {
      assertTrue(process.isAlive() && System.nanoTime() < end, () -> output());
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  @Test
  void rsyslogReadsEachMessageOverTlsAsItWasWritten() throws Exception {
    Path program = program("rsyslogd", "rsyslog rsyslog-gnutls");
    boolean tls =
        Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so"))
            || Files.exists(Path.of("/usr/lib/aarch64-linux-gnu/rsyslog/lmnsd_gtls.so"));
    assumeTrue(tls, "rsyslog's TLS is not here: apt-get install rsyslog-gnutls");
    Identity authority = Identity.authority();
    Identity server = Identity.of("server", authority, "127.0.0.1", Identity.FAR);
    Path ca = authority.certificate(folder, "ca");
    int port = freePort();
    Path messages = folder.resolve("messages");
    Path config =
        Files.writeString(
            folder.resolve("rsyslog.conf"),
            """
            global(workDirectory="%1$s" maxMessageSize="64k" defaultNetstreamDriver="gtls"
              defaultNetstreamDriverCAFile="%2$s" defaultNetstreamDriverCertFile="%3$s"
              defaultNetstreamDriverKeyFile="%4$s")
            module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1"
              streamDriver.authMode="anon")
            input(type="imtcp" address="127.0.0.1" port="%5$d")
            template(name="told" type="string"
              string="%%protocol-version%% %%syslogfacility-text%% %%syslogseverity-text%% %%hostname%% %%app-name%% %%msgid%% %%msg%%\\n")
            *.* action(type="omfile" file="%6$s" template="told")
            """
                .formatted(
                    folder,
                    ca,
                    server.certificate(folder, "server"),
                    server.sec1Key(folder, "server"),
                    port,
                    messages));
    Process rsyslog =
        start(
            program.toString(),
            "-n",
            "-f",
            config.toString(),
            "-i",
            folder.resolve("pid").toString());
    try {
      untilListening(rsyslog, port);
      Target target = Kind.SYSLOG.target("tls://127.0.0.1:" + port + "#ca=" + ca);
      try (Sink sink = Kind.SYSLOG.open("siem", target)) {
        assertEquals(Receipt.all(20), sink.deliver(SampleAlerts.stored(20)));
        List<String> lines = lines(rsyslog, messages, 20);
        for (int i = 0; i < 20; i++) {
          assertEquals(
              "1 audit err vm1 stridewatch docker-daemon-json-changed "
                  + AlertJson.line(SampleAlerts.numbered(i)),
              lines.get(i));
        }
      }
    } finally {
      end(rsyslog);
    }
  }

  private List<String> lines(Process process, Path file, int count) throws Exception {
    while (!Files.exists(file) || Files.readAllLines(file).size() < count) {
      assertTrue(process.isAlive(), () -> output());
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    return Files.readAllLines(file);
  }

  @Test
  void alertmanagerShowsAnAlertOnceThoughItIsToldTwice() throws Exception {
    Path program = program("prometheus-alertmanager", "prometheus-alertmanager");
    int port = freePort();
    Path config =
        Files.writeString(
            folder.resolve("am.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
    Process alertmanager =
        start(
            program.toString(),
            "--config.file=" + config,
            "--storage.path=" + folder.resolve("data"),
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + port);
    try {
      untilListening(alertmanager, port);
      String api = "http://127.0.0.1:" + port + "/api/v2/alerts";
      try (Sink sink = Kind.WEBHOOK.open("am", Kind.WEBHOOK.target(api + "#form=alertmanager"))) {
        for (int number : List.of(1, 2, 1)) {
          sink.deliver(SampleAlerts.numbered(number));
        }
      }
      String body =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(api)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      JsonNode alerts = new ObjectMapper().readTree(body);
      assertEquals(2, alerts.size(), body);
      assertEquals("docker-daemon-json-changed", alerts.at("/0/labels/alertname").asText(), body);
    } finally {
      end(alertmanager);
    }
  }
}
