package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields that Falco's plug-ins k8saudit 0.18.0 and json 0.7.4 read from an audit event, under
 * their names, with what is odd about them: see Falco's fields in RATIONALE.md. No value means that
 * the event lacks the field.
 */
final class FalcoFields {
  private static final String SPEC = "requestObject/spec/";

  /** Fields with one value, and where it lies. */
  private static final Map<String, String> SCALARS =
      Map.ofEntries(
          Map.entry("ka.auditid", "auditID"),
          Map.entry("ka.stage", "stage"),
          Map.entry("ka.auth.decision", "annotations/authorization.k8s.io~1decision"),
          Map.entry("ka.auth.reason", "annotations/authorization.k8s.io~1reason"),
          Map.entry("ka.user.name", "user/username"),
          Map.entry("ka.impuser.name", "impersonatedUser/username"),
          Map.entry("ka.verb", "verb"),
          Map.entry("ka.uri", "requestURI"),
          Map.entry("ka.target.name", "objectRef/name"),
          Map.entry("ka.target.namespace", "objectRef/namespace"),
          Map.entry("ka.target.resource", "objectRef/resource"),
          Map.entry("ka.target.subresource", "objectRef/subresource"),
          Map.entry("ka.req.binding.role", "requestObject/roleRef/name"),
          Map.entry("ka.req.configmap.name", "objectRef/name"),
          Map.entry("ka.req.configmap.obj", "requestObject/data"),
          Map.entry("ka.req.pod.host_ipc", SPEC + "hostIPC"),
          Map.entry("ka.req.pod.host_network", SPEC + "hostNetwork"),
          Map.entry("ka.req.container.host_network", SPEC + "hostNetwork"),
          Map.entry("ka.req.pod.host_pid", SPEC + "hostPID"),
          Map.entry("ka.req.pod.run_as_user", SPEC + "securityContext/runAsUser"),
          Map.entry("ka.req.pod.run_as_group", SPEC + "securityContext/runAsGroup"),
          Map.entry("ka.req.pod.fs_group", SPEC + "securityContext/fsGroup"),
          Map.entry("ka.req.service.type", SPEC + "type"),
          Map.entry("ka.resp.name", "responseObject/metadata/name"),
          Map.entry("ka.response.code", "responseStatus/code"),
          Map.entry("ka.response.reason", "responseStatus/reason"),
          Map.entry("ka.useragent", "userAgent"),
          Map.entry("ka.cluster.name", "annotations/cluster_name"));

  private static final Map<String, Field> ALL = new HashMap<>();
  private static final Set<String> LISTS = new HashSet<>();

  /** A field, which is read when its argument is known; that is empty where there is none. */
  @FunctionalInterface
  interface Field {
    Reading with(String argument);
  }

  /** Gives a field's values. */
  @FunctionalInterface
  interface Reading {
    List<String> of(KubernetesEvent event, Json json);
  }

  private FalcoFields() {}

  static {
    SCALARS.forEach(FalcoFields::scalar);
    FalcoPods.each(FalcoFields::list);
    FalcoPods.ofOne(ALL::put);
    FalcoRoles.each(FalcoFields::list);
    list("ka.sourceips", index -> (event, json) -> List.of());
    ALL.put("ka.req.binding.subject.has_name", name -> (event, json) -> List.of("true"));
    ALL.put("ka.target.pod.name", none -> (event, json) -> podName(json));
    FalcoPath uri = FalcoPath.of("requestURI");
    ALL.put("ka.uri.param", name -> (event, json) -> FalcoUri.parameter(uri.text(json), name));
    json();
    FalcoTimes.ALL.forEach((name, reading) -> ALL.put(name, none -> reading));
    ALL.put(
        "evt.plugininfo",
        none -> (event, json) -> List.of(new String(event.raw(), StandardCharsets.UTF_8)));
  }

  private static void scalar(String field, String path) {
    FalcoPath keys = FalcoPath.of(path);
    ALL.put(field, none -> (event, json) -> keys.value(json));
  }

  private static void list(String field, Field reading) {
    ALL.put(field, reading);
    LISTS.add(field);
  }

  private static void json() {
    ALL.put("jevt.value", pointer -> pointed(FalcoPath.of(pointer)));
    ALL.put("jevt.obj", none -> (event, json) -> List.of(JsonText.indented(json)));
    ALL.put("jevt.rawtime", none -> (event, json) -> List.of(Long.toString(event.nanos())));
    for (String name : List.of("value", "obj", "rawtime")) {
      ALL.put("json." + name, ALL.get("jevt." + name));
    }
  }

  private static Reading pointed(FalcoPath path) {
    return (event, json) -> path.value(json);
  }

  private static List<String> podName(Json json) {
    boolean pod =
        "pods".equals(FalcoPath.of("objectRef/resource").text(json))
            && FalcoPath.of("objectRef/subresource").node(json) == null;
    return pod ? FalcoPath.of("responseObject/metadata/name").value(json) : List.of();
  }

  /** Null when there is no such field. */
  static Field field(String name) {
    return ALL.get(name);
  }

  static boolean isList(String name) {
    return LISTS.contains(name);
  }
}
