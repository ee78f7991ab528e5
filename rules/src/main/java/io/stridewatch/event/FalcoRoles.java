package io.stridewatch.event;

import io.stridewatch.event.FalcoFields.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What k8saudit makes of roles and their bindings, and of other lists that stand as they are. */
final class FalcoRoles {
  private static final FalcoPath SUBJECTS = FalcoPath.of("requestObject/subjects");
  private static final FalcoPath KIND = FalcoPath.of("kind");
  private static final FalcoPath NAME = FalcoPath.of("name");
  private static final FalcoPath NAMESPACE = FalcoPath.of("namespace");

  /** Fields that are an array of the event. */
  private static final Map<String, String> ARRAYS =
      Map.of(
          "ka.user.groups", "user/groups",
          "ka.req.binding.subjects", "requestObject/subjects",
          "ka.req.role.rules", "requestObject/rules",
          "ka.req.pod.supplemental_groups",
              "requestObject/spec/securityContext/supplementalGroups");

  private FalcoRoles() {}

  /** Hands over each field, all of which are lists. */
  static void each(BiConsumer<String, Field> fields) {
    ARRAYS.forEach((field, path) -> fields.accept(field, array(FalcoPath.of(path))));
    for (String key : List.of("apiGroups", "nonResourceURLs", "verbs", "resources")) {
      fields.accept("ka.req.role.rules." + key, rules(FalcoPath.of("requestObject/rules/" + key)));
    }
    fields.accept("ka.req.binding.subjects.user_names", subjects("User", false));
    fields.accept(
        "ka.req.binding.subjects.serviceaccount_names", subjects("ServiceAccount", false));
    fields.accept(
        "ka.req.binding.subjects.serviceaccount_ns_names", subjects("ServiceAccount", true));
    fields.accept("ka.req.binding.subjects.group_names", subjects("Group", false));
  }

  private static Field array(FalcoPath path) {
    return none -> (event, json) -> path.elements(json);
  }

  private static Field rules(FalcoPath path) {
    return argument -> {
      int index = FalcoPath.index(argument);
      return (event, json) ->
          path.found(json, index).stream()
              .flatMap(array -> FalcoPath.elementsOf(array).stream())
              .toList();
    };
  }

  /** The names of the subjects of a kind, {@code spaced} with the namespace before a colon. */
  private static Field subjects(String kind, boolean spaced) {
    return none -> (event, json) -> named(SUBJECTS.node(json), kind, spaced);
  }

  private static List<String> named(Json subjects, String kind, boolean spaced) {
    List<String> names = new ArrayList<>();
    for (Json subject : subjects == null ? List.<Json>of() : subjects.elements()) {
      String name = kind.equals(KIND.text(subject)) ? NAME.text(subject) : null;
      String namespace = spaced ? NAMESPACE.text(subject) : "";
      if (name != null && namespace != null) {
        names.add(spaced ? namespace + ":" + name : name);
      }
    }
    return names;
  }
}
