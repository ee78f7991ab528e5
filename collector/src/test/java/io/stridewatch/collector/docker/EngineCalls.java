package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;

/** What a client asks of a live engine. Containers are made of an image without a file. */
final class EngineCalls implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IMAGE = "stridewatch-it";

  private final DockerHttpClient client;

  EngineCalls(String address) {
    client = new ZerodepDockerHttpClient.Builder().dockerHost(URI.create(address)).build();
  }

  void makeImage() throws IOException {
    call(Request.Method.POST, "/images/create?fromSrc=-&repo=" + IMAGE, new byte[1024]);
  }

  void removeImage() throws IOException {
    call(Request.Method.DELETE, "/images/" + IMAGE + "?force=1", null);
  }

  /** The id of a container that is privileged and has the host's /etc. */
  String create() throws IOException {
    String json =
        ("{\"Image\":\"" + IMAGE + "\",\"Cmd\":[\"x\"],\"HostConfig\":")
            + "{\"Privileged\":true,\"Binds\":[\"/etc:/x\"],\"NetworkMode\":\"none\"}}";
    byte[] answer = call(Request.Method.POST, "/containers/create", json.getBytes(UTF_8));
    return JSON.readTree(answer).path("Id").asText();
  }

  void remove(String container) throws IOException {
    call(Request.Method.DELETE, "/containers/" + container, null);
  }

  String get(String path) throws IOException {
    return new String(call(Request.Method.GET, path, null), UTF_8);
  }

  private byte[] call(Request.Method method, String path, byte[] body) throws IOException {
    Request.Builder request = Request.builder().method(method).path(path);
    request.putHeader(
        "Content-Type", path.startsWith("/images") ? "application/x-tar" : "application/json");
    if (body != null) {
      request.body(new ByteArrayInputStream(body));
    }
    try (Response response = client.execute(request.build())) {
      byte[] answer = response.getBody().readAllBytes();
      assertTrue(response.getStatusCode() < 300, () -> path + ": " + new String(answer, UTF_8));
      return answer;
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
