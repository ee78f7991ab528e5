package io.stridewatch.deploy.demo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.stridewatch.deploy.settings.HostPort;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Surroundings;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the whole story to plain readers of its three doors, without waiting. */
class DemoIT {
  @TempDir Path parent;
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> posts = new LinkedBlockingQueue<>();
  private final ObjectMapper json = new ObjectMapper();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void tellsItsStoryThroughAllThreeDoors() throws Exception {
    try (Demo demo = Demo.open(parent)) {
      listen(HostPort.of(demo.flags().get("kubernetes-webhook").get(0)));
      BufferedReader events = events(demo);
      demo.play(time -> {});
      int told = Recordings.docker().size();
      for (int i = 0; i < told; i++) {
        assertTrue(json.readTree(events.readLine()).has("timeNano"));
      }
      Path log = Path.of(demo.flags().get("auditd").get(0));
      String recorded = new String(Recordings.auditd().get(0).raw());
      assertEquals(
          recorded.replaceAll("audit\\([0-9.]+", ""),
          String.join("\n", Files.readAllLines(log).subList(0, recorded.split("\n").length))
              .replaceAll("audit\\([0-9.]+", ""));
    }
    int items = 0;
    for (String post : posts) {
      items += json.readTree(post).get("items").size();
      assertFalse(json.readTree(post).get("items").get(0).has("kind"));
    }
    assertEquals(Recordings.kubernetes().size(), items);
    try (var left = Files.list(parent)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void givesASubscriberThatComesBackWhatItMissed() throws Exception {
    try (Demo demo = Demo.open(parent)) {
      listen(HostPort.of(demo.flags().get("kubernetes-webhook").get(0)));
      events(demo).close();
      demo.play(time -> {});
      assertTrue(json.readTree(events(demo).readLine()).has("timeNano"));
    }
  }

  @Test
  void answersAsItsEngineDid() throws Exception {
    try (Demo demo = Demo.open(parent)) {
      listen(HostPort.of(demo.flags().get("kubernetes-webhook").get(0)));
      events(demo);
      demo.play(time -> {});
      String path = Recordings.dockerAnswers().keySet().stream().skip(2).findFirst().orElseThrow();
      assertEquals(200, get(demo, "/v1.41" + path).statusCode());
      assertEquals(200, get(demo, "/version").statusCode());
      assertEquals("OK", get(demo, "/_ping").body());
      assertEquals(404, get(demo, "/v1.41/containers/none/json").statusCode());
    }
  }

  @Test
  void leavesNothingBehindThoughItIsClosedTwice() throws Exception {
    Demo demo = Demo.open(parent);
    Path cursors = Files.createDirectories(demo.folder().resolve("cursors"));
    Files.writeString(cursors.resolve("docker"), "{}");
    demo.close();
    demo.close();
    try (Stream<Path> left = Files.list(parent)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void isAnEngineToADockerClient() throws Exception {
    try (Demo demo = Demo.open(parent);
        DockerClient client = client(demo.flags().get("docker").get(0))) {
      listen(HostPort.of(demo.flags().get("kubernetes-webhook").get(0)));
      BlockingQueue<Event> events = new LinkedBlockingQueue<>();
      var subscription = client.eventsCmd().exec(into(events));
      demo.play(time -> {});
      Event created = events.poll(10, SECONDS);
      assertEquals("create", created.getAction());
      assertEquals("1.41", client.versionCmd().exec().getApiVersion());
      var inspected = client.inspectContainerCmd(created.getId()).exec();
      assertEquals(true, inspected.getHostConfig().getReadonlyRootfs());
      subscription.close();
    }
  }

  private static ResultCallback.Adapter<Event> into(BlockingQueue<Event> events) {
    return new ResultCallback.Adapter<>() {
      @Override
      public void onNext(Event event) {
        events.add(event);
      }
    };
  }

  private DockerClient client(String address) {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(address)
            .withDockerConfig(parent.toString()); // not that of whoever runs the test
    return DockerClientImpl.getInstance(
        config.build(),
        new ZerodepDockerHttpClient.Builder().dockerHost(URI.create(address)).build());
  }

  @Test
  void namesItsPlacesAsSettings() throws Exception {
    try (Demo demo = Demo.open(parent)) {
      Surroundings surroundings = new Surroundings(Map.of(), false, parent, "vm1");
      Settings settings = Settings.read(demo.flags(), surroundings);
      assertEquals("demo-host", settings.value(Settings.SCOPE));
      assertTrue(settings.value(Settings.DOCKER).get(0).address().startsWith("tcp://127.0.0.1:"));
    }
  }

  private void listen(HostPort webhook) throws Exception {
    vertx
        .createHttpServer()
        .requestHandler(
            request ->
                request
                    .body()
                    .onSuccess(
                        body -> {
                          posts.add(body.toString());
                          request.response().end();
                        }))
        .listen(webhook.port(), webhook.host())
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, SECONDS);
  }

  private static URI uri(Demo demo, String path) {
    return URI.create(demo.flags().get("docker").get(0).replace("tcp:", "http:") + path);
  }

  private static BufferedReader events(Demo demo) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri(demo, "/v1.41/events")).build();
    return new BufferedReader(
        new InputStreamReader(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body()));
  }

  private static HttpResponse<String> get(Demo demo, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri(demo, path)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
