package io.stridewatch.event;

import io.stridewatch.event.FalcoFields.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What k8saudit makes of the containers and volumes of a pod. */
final class FalcoPods {
  private static final String SPEC = "requestObject/spec/";

  /** Of each container, where the value lies in it. */
  private static final Map<String, String> OF_CONTAINERS =
      Map.of(
          "privileged", "securityContext/privileged",
          "allow_privilege_escalation", "securityContext/allowPrivilegeEscalation",
          "read_only_fs", "securityContext/readOnlyRootFilesystem",
          "run_as_user", "securityContext/runAsUser",
          "run_as_group", "securityContext/runAsGroup",
          "proc_mount", "securityContext/procMount",
          "add_capabilities", "securityContext/capabilities/add");

  private FalcoPods() {}

  /** Hands over each field that is a list. */
  static void each(BiConsumer<String, Field> fields) {
    for (String containers : List.of("containers", "initContainers", "ephemeralContainers")) {
      containers("ka.req.pod." + containers + ".", SPEC + containers + "/", fields);
    }
    fields.accept("ka.req.service.ports", texts(SPEC + "ports"));
    fields.accept("ka.req.pod.volumes.hostpath", texts(SPEC + "volumes/hostPath/path"));
    fields.accept(
        "ka.req.pod.volumes.flexvolume_driver", texts(SPEC + "volumes/flexVolume/driver"));
    fields.accept("ka.req.pod.volumes.volume_type", found(SPEC + "volumes/", FalcoPods::keys));
  }

  private static void containers(String field, String path, BiConsumer<String, Field> fields) {
    OF_CONTAINERS.forEach((name, at) -> fields.accept(field + name, texts(path + at)));
    fields.accept(field + "eff_run_as_user", effective(path, "runAsUser"));
    fields.accept(field + "eff_run_as_group", effective(path, "runAsGroup"));
    fields.accept(field + "name", every(path + "name", names -> names));
    fields.accept(field + "image", every(path + "image", images -> images));
    fields.accept(field + "image.repository", every(path + "image", FalcoPods::repositories));
    fields.accept(field + "command", found(path + "command", FalcoPods::words));
    fields.accept(field + "args", found(path + "args", FalcoPods::words));
    if (!field.contains("ephemeral")) {
      fields.accept(field + "host_port", found(path + "ports", FalcoPods::ports));
    }
  }

  /** Hands over each field with one value. */
  static void ofOne(BiConsumer<String, Field> fields) {
    FalcoPath image = FalcoPath.of(SPEC + "containers/image");
    fields.accept("ka.req.container.image", none -> (event, json) -> image.every(json, 0));
    fields.accept(
        "ka.req.container.image.repository",
        none -> (event, json) -> repositories(image.every(json, 0)));
    fields.accept(
        "ka.req.container.privileged",
        found(SPEC + "containers/securityContext/privileged", FalcoPods::anyTrue));
    FalcoPath paths = FalcoPath.of(SPEC + "volumes/hostPath/path");
    fields.accept(
        "ka.req.volume.hostpath",
        path -> (event, json) -> mounts(paths.found(json, FalcoPath.index("")), path));
  }

  private static Field texts(String pointer) {
    return found(pointer, JsonText::of);
  }

  private static Field found(String pointer, Function<List<Json>, List<String>> shown) {
    FalcoPath path = FalcoPath.of(pointer);
    return argument -> {
      int index = FalcoPath.index(argument);
      return (event, json) -> shown.apply(path.found(json, index));
    };
  }

  private static Field every(String pointer, UnaryOperator<List<String>> shown) {
    FalcoPath path = FalcoPath.of(pointer);
    return argument -> {
      int index = FalcoPath.index(argument);
      return (event, json) -> shown.apply(path.every(json, index));
    };
  }

  /** A container's own, where Kubernetes has none, else the pod's, which is not there either. */
  private static Field effective(String containers, String key) {
    FalcoPath pods = FalcoPath.of(SPEC + key);
    FalcoPath path = FalcoPath.of(containers + key);
    return argument -> {
      int index = FalcoPath.index(argument);
      return (event, json) -> effective(path.found(json, index), pods.text(json));
    };
  }

  private static List<String> effective(List<Json> own, String pods) {
    List<String> texts = new ArrayList<>();
    own.forEach(value -> texts.add(value != null ? JsonText.of(value) : pods == null ? "0" : pods));
    return texts;
  }

  /** All up to the first colon, and up to the first at sign of that. */
  static List<String> repositories(List<String> images) {
    return images.stream().map(image -> image.split(":", 2)[0].split("@", 2)[0]).toList();
  }

  /** The words of each array joined by blanks; nothing when one is no array of strings. */
  static List<String> words(List<Json> arrays) {
    List<String> joined = new ArrayList<>();
    for (Json array : arrays) {
      if (array != null) {
        List<Json> words = array.elements();
        if (!array.isArray() || words.stream().anyMatch(word -> word.kind() != '"')) {
          return List.of();
        }
        joined.add(String.join(" ", JsonText.of(words)));
      }
    }
    return joined;
  }

  /** Of each port its hostPort, else its containerPort. */
  static List<String> ports(List<Json> arrays) {
    List<String> ports = new ArrayList<>();
    for (Json array : arrays) {
      if (array != null && !array.isArray()) {
        return List.of();
      }
      for (Json port : array == null ? List.<Json>of() : array.elements()) {
        Json host = port.child("hostPort");
        Json either = host == null ? port.child("containerPort") : host;
        if (either != null) {
          ports.add(JsonText.of(either));
        }
      }
    }
    return ports;
  }

  static List<String> anyTrue(List<Json> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    boolean any = values.stream().anyMatch(value -> value != null && value.kind() == 't');
    return List.of(String.valueOf(any));
  }

  /** The keys of all volumes but their names: their types. */
  static List<String> keys(List<Json> volumes) {
    return volumes.stream()
        .filter(volume -> volume != null)
        .flatMap(volume -> volume.members().stream())
        .map(Json.Member::name)
        .filter(name -> !name.equals("name"))
        .toList();
  }

  /** Whether one of the paths is that, or begins with what stands before its asterisk. */
  static List<String> mounts(List<Json> paths, String wanted) {
    if (paths.isEmpty()) {
      return List.of();
    }
    boolean prefix = wanted.endsWith("*");
    String begin = prefix ? wanted.substring(0, wanted.length() - 1) : wanted;
    boolean any =
        JsonText.of(paths).stream()
            .anyMatch(path -> path.equals(wanted) || prefix && path.startsWith(begin));
    return List.of(String.valueOf(any));
  }
}
