package io.stridewatch.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where in an event a field of Falco's lies: keys parted by slashes, as RFC 6901 escapes them. */
record FalcoPath(List<String> keys) {
  private static final int ALL = -1;

  /** With or without its first slash; empty for the whole event. */
  static FalcoPath of(String pointer) {
    String bare = pointer.startsWith("/") ? pointer.substring(1) : pointer;
    if (pointer.isEmpty()) {
      return new FalcoPath(List.of());
    }
    return new FalcoPath(
        Stream.of(bare.split("/", -1))
            .map(key -> key.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  /**
   * Which element a field's argument asks for; none stands for all of them, and no number for none.
   */
  static int index(String argument) {
    boolean number = argument.matches("\\d{1,9}");
    return argument.isEmpty() ? ALL : number ? Integer.parseInt(argument) : Integer.MAX_VALUE;
  }

  /** Null when it leads nowhere. */
  Json node(Json json) {
    return JsonText.at(json, keys);
  }

  /** Null when it leads nowhere. */
  String text(Json json) {
    Json value = node(json);
    return value == null ? null : JsonText.of(value);
  }

  /** One value or none. */
  List<String> value(Json json) {
    Json value = node(json);
    return value == null ? List.of() : List.of(JsonText.of(value));
  }

  /** The elements of the array there; none of anything else. */
  List<String> elements(Json json) {
    return elementsOf(node(json));
  }

  static List<String> elementsOf(Json array) {
    return array == null ? List.of() : JsonText.of(array.elements());
  }

  /** What it leads to through arrays on the way: null for an element in which it leads nowhere. */
  List<Json> found(Json json, int index) {
    List<Json> all = JsonText.all(json, index, keys);
    return all == null ? List.of() : all;
  }

  /** The texts of what is there. */
  List<String> texts(Json json, int index) {
    return JsonText.of(found(json, index));
  }

  /** The texts of all, or nothing when one is absent. */
  List<String> every(Json json, int index) {
    List<Json> found = found(json, index);
    List<String> texts = new ArrayList<>(found.size());
    for (Json value : found) {
      if (value == null) {
        return List.of();
      }
      texts.add(JsonText.of(value));
    }
    return texts;
  }
}
