package io.stridewatch.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of {@code POST /containers/create} read as the engine reads it, by Go's encoding/json:
 * keys without regard to case (U+017F is an s, too), a repeated object merged, of a repeated leaf
 * the later one, null no value for a leaf, and text after the object ignored. So a body can't say
 * one thing to the engine and another to a rule.
 */
final class CreateRequest {
  private static final Map<String, String> SPELLING =
      Stream.of(
              "HostConfig NetworkingConfig Hostname User Env Cmd Entrypoint Image Volumes Labels",
              "WorkingDir Healthcheck ExposedPorts StopSignal Binds LogConfig Config NetworkMode",
              "PortBindings RestartPolicy Name MaximumRetryCount AutoRemove VolumeDriver",
              "VolumesFrom Mounts Type Source Target ReadOnly BindOptions Propagation",
              "VolumeOptions NoCopy DriverConfig Options TmpfsOptions CapAdd CapDrop CgroupnsMode",
              "Dns ExtraHosts GroupAdd IpcMode Cgroup Links OomScoreAdj PidMode Privileged",
              "PublishAllPorts ReadonlyRootfs SecurityOpt StorageOpt Tmpfs UTSMode UsernsMode",
              "ShmSize Sysctls Runtime Isolation CpuShares Memory NanoCpus CgroupParent CpuPeriod",
              "CpuQuota CpusetCpus CpusetMems Devices PathOnHost PathInContainer",
              "CgroupPermissions DeviceCgroupRules DeviceRequests MemoryReservation MemorySwap",
              "OomKillDisable PidsLimit Ulimits MaskedPaths ReadonlyPaths Init")
          .flatMap(line -> Stream.of(line.split(" ")))
          .collect(Collectors.toMap(CreateRequest::folded, Function.identity()));

  /** Objects whose keys are the user's own: read as they are. */
  private static final Set<String> FREE =
      Set.of("Labels", "Volumes", "ExposedPorts", "PortBindings", "Options", "Config");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CreateRequest() {}

  /**
   * The same as {@code {"HostConfig":{...},"Config":{...}}}, keys in the engine's spelling.
   *
   * @throws io.stridewatch.UnreadableRecordException when it isn't JSON
   */
  static Json inspectShape(byte[] body) {
    Map<String, Object> request = new TreeMap<>();
    merge(request, new Json(body, new JsonScanner(body, 0, body.length).first()), false);
    Map<String, Object> shape = new LinkedHashMap<>();
    Object host = request.remove("HostConfig");
    if (host != null) {
      shape.put("HostConfig", host);
    }
    shape.put("Config", request);
    CreateRequest written = new CreateRequest();
    written.write(shape);
    return new Json(written.out.toByteArray(), 0);
  }

  private static void merge(Map<String, Object> into, Json object, boolean free) {
    for (Json.Member member : object.members()) {
      String name = free ? member.name() : spelling(member.name());
      Object before = into.get(name);
      if (member.value().isObject()) {
        into.put(name, merged(before, member.value(), FREE.contains(name)));
      } else if (member.value().kind() != 'n') {
        into.put(name, member.value());
      } else if (before != null && !isLeaf(before)) {
        into.remove(name);
      }
    }
  }

  private static Map<String, Object> merged(Object before, Json object, boolean free) {
    Map<String, Object> merged = new TreeMap<>();
    if (before instanceof Map<?, ?> map) {
      map.forEach((key, value) -> merged.put((String) key, value));
    }
    merge(merged, object, free);
    return merged;
  }

  private static boolean isLeaf(Object value) {
    return value instanceof Json json && !json.isArray();
  }

  private void write(Object value) {
    if (value instanceof Map<?, ?> map) {
      writeObject(map);
    } else if (value instanceof Json json && json.isArray()) {
      writeArray(json);
    } else if (value instanceof Json json) {
      out.writeBytes(json.bytes());
    }
  }

  private void writeObject(Map<?, ?> map) {
    char before = '{';
    for (Map.Entry<?, ?> member : map.entrySet()) {
      out.write(before);
      out.writeBytes(quoted((String) member.getKey()));
      out.write(':');
      write(member.getValue());
      before = ',';
    }
    out.writeBytes((before == '{' ? "{}" : "}").getBytes(StandardCharsets.UTF_8));
  }

  private void writeArray(Json array) {
    char before = '[';
    for (Json element : array.elements()) {
      out.write(before);
      write(element.isObject() ? merged(null, element, false) : element);
      before = ',';
    }
    out.writeBytes((before == '[' ? "[]" : "]").getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] quoted(String key) {
    String text = "\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String spelling(String name) {
    return SPELLING.getOrDefault(folded(name), name);
  }

  private static String folded(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    name.chars()
        .forEach(c -> folded.append(Character.toLowerCase(Character.toUpperCase((char) c))));
    return folded.toString();
  }
}
