package io.stridewatch.deploy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Docker engine: whether it may be asked, and whether a plug-in that it waits for answers. */
final class DockerCheck {
  private static final String AREA = "docker";
  private static final double OLDEST_API = 1.41;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Asks the engine one thing. */
  interface Engine {
    byte[] ask(String path) throws IOException;
  }

  private final String address;
  private final Engine engine;
  private final Path plugins;

  /**
   * Nothing is asked yet.
   *
   * @param plugins where plug-ins' sockets lie, {@code /run/docker/plugins}
   */
  DockerCheck(String address, Engine engine, Path plugins) {
    this.address = address;
    this.engine = engine;
    this.plugins = plugins;
  }

  List<Finding> findings() {
    if (address.startsWith("unix://")) {
      Path socket = Path.of(address.substring("unix://".length()));
      if (Files.notExists(socket)) {
        return List.of(
            Finding.note(AREA, "no engine at " + socket, "--docker ADDRESS, or start Docker"));
      }
      if (!Files.isWritable(socket)) {
        return List.of(
            Finding.fault(
                AREA, "may not open " + socket, "run as root, or: usermod -aG docker USER"));
      }
    }
    return asked();
  }

  private List<Finding> asked() {
    List<Finding> findings = new ArrayList<>();
    try {
      JsonNode version = JSON.readTree(engine.ask("/version"));
      version(version, findings);
      JsonNode info = JSON.readTree(engine.ask("/info"));
      info.path("Plugins").path("Authorization").forEach(name -> plugin(name.asText(), findings));
    } catch (IOException e) {
      findings.add(
          Finding.fault(
              AREA,
              "the engine at " + address + " does not answer: " + e.getMessage(),
              "service docker status; a plug-in that is down makes each call wait 15 s"));
    }
    return findings;
  }

  private void version(JsonNode version, List<Finding> findings) {
    String engine = version.path("Version").asText("?");
    String api = version.path("ApiVersion").asText("0");
    if (!api.matches("[0-9]+\\.[0-9]+") || Double.parseDouble(api) < OLDEST_API) {
      findings.add(
          Finding.fault(
              AREA, "engine " + engine + " speaks API " + api, "update it to API 1.41 or newer"));
    } else {
      findings.add(
          Finding.ok(AREA, "engine " + engine + " (API " + api + ") answers at " + address));
    }
  }

  /** Without it the engine refuses every call. */
  private void plugin(String name, List<Finding> findings) {
    Path socket = plugins.resolve(name + ".sock");
    if (!name.matches("[A-Za-z0-9._-]+")) {
      return;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      findings.add(Finding.ok(AREA, "authorisation plug-in " + name + " listens"));
    } catch (IOException e) {
      findings.add(
          Finding.fault(
              AREA,
              "nobody listens for authorisation plug-in "
                  + name
                  + " at "
                  + socket
                  + ": the engine refuses every call while it is away",
              "start it, or take it out of authorization-plugins in /etc/docker/daemon.json and"
                  + " kill -HUP $(cat /run/docker.pid)"));
    }
  }
}
