package io.stridewatch.event;

import java.util.ArrayList;
import java.util.List;

/** What k8saudit makes of the containers and volumes of a pod. */
final class FalcoPods {
  private FalcoPods() {}

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
