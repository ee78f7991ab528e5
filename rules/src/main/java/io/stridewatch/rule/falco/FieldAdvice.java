package io.stridewatch.rule.falco;

import io.stridewatch.rule.falco.Expression.Check;
import io.stridewatch.rule.falco.Expression.Field;
import java.util.Map;
import java.util.Set;

/** What is odd about single fields, and what to write instead. */
final class FieldAdvice {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "ka.sourceips",
          "never has a value: write jevt.value[/sourceIPs/0] = ..., of which the last is the peer",
          "ka.req.binding.subject.has_name",
          "is true whatever name is asked for: write ka.req.binding.subjects.user_names intersects"
              + " (...)",
          "ka.target.pod.name",
          "is the name in the response, of requests for pods themselves: write ka.target.name",
          "ka.uri.param",
          "is the first value alone, and missing when a % or ; anywhere in the query is odd: write"
              + " ka.uri contains ...");

  private static final Map<String, String> OF_CONTAINERS =
      Map.of(
          "eff_run_as_user",
          "reads where Kubernetes has nothing, and is 0: write run_as_user, or"
              + " ka.req.pod.run_as_user",
          "eff_run_as_group",
          "reads where Kubernetes has nothing, and is 0: write run_as_group, or"
              + " ka.req.pod.run_as_group",
          "host_port",
          "is the containerPort where a container asks for no port of the host: write"
              + " jevt.value[/requestObject/spec/containers] contains hostPort");

  private static final Set<String> HIDING = Set.of("image", "image.repository", "name");
  private static final Set<String> WHOLE = Set.of("add_capabilities", "ports");

  private FieldAdvice() {}

  /** Null when the check means what it says. */
  static String of(Field field, Check check) {
    String always = ALWAYS.get(field.name());
    String last = last(field.name());
    String advice = always == null ? OF_CONTAINERS.get(last) : always;
    if (advice != null) {
      return advice;
    }
    boolean elements = check.values().stream().anyMatch(value -> !value.startsWith("["));
    if (WHOLE.contains(last) && !check.values().isEmpty() && elements) {
      return "is one JSON array for each container, never an element: write jevt.value["
          + (last.equals("ports") ? "/requestObject/spec/ports" : "/requestObject/spec/containers")
          + "] contains '\""
          + check.values().get(0)
          + "\"'";
    }
    boolean colon = check.values().stream().anyMatch(value -> value.indexOf(':') >= 0);
    return last.equals("image.repository") && colon
        ? "ends at the first colon, so that no registry's port is in it: write"
            + " jevt.value[/requestObject/spec/containers] contains ..., or the name up to the colon"
        : null;
  }

  /** Whether one container without it takes it from all. */
  static boolean hides(String field) {
    return field.startsWith("ka.req.pod.") && HIDING.contains(last(field));
  }

  private static String last(String field) {
    if (field.endsWith(".image.repository")) {
      return "image.repository";
    }
    return field.substring(field.lastIndexOf('.') + 1);
  }
}
