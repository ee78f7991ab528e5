package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields that Falco's plug-ins k8saudit 0.18.0 and json 0.7.4 read from an audit event, under
 * their names, with what is odd about them: see Falco's fields in RATIONALE.md. No value means that
 * the event lacks the field.
 */
final class FalcoFields {
  private static final String POD = "requestObject/spec/";
  private static final List<String> CONTAINERS =
      List.of("containers", "initContainers", "ephemeralContainers");

  /** What reads one field; the argument in brackets is empty when there is none. */
  interface Reading {
    List<String> of(KubernetesEvent event, Json json, String argument);
  }

  private static final Map<String, Reading> ALL = new HashMap<>();
  private static final Set<String> LISTS = new HashSet<>();

  private FalcoFields() {}

  static {
    scalars();
    lists();
    pods();
    roles();
    ALL.put(
        "ka.uri.param",
        (event, json, name) -> FalcoUri.parameter(scalar(json, "requestURI"), name));
    ALL.put("ka.target.pod.name", (event, json, none) -> podName(json));
    ALL.put("jevt.value", (event, json, pointer) -> pointed(json, pointer));
    ALL.put("jevt.obj", (event, json, none) -> List.of(JsonText.indented(json)));
    ALL.put("jevt.rawtime", (event, json, none) -> List.of(Long.toString(event.nanos())));
    for (String name : List.of("value", "obj", "rawtime")) {
      ALL.put("json." + name, ALL.get("jevt." + name));
    }
    FalcoTimes.ALL.forEach(ALL::put);
    ALL.put(
        "evt.plugininfo",
        (event, json, none) -> List.of(new String(event.raw(), StandardCharsets.UTF_8)));
  }

  private static void scalars() {
    scalar("ka.auditid", "auditID");
    scalar("ka.stage", "stage");
    scalar("ka.auth.decision", "annotations/authorization.k8s.io~1decision");
    scalar("ka.auth.reason", "annotations/authorization.k8s.io~1reason");
    scalar("ka.user.name", "user/username");
    scalar("ka.impuser.name", "impersonatedUser/username");
    scalar("ka.verb", "verb");
    scalar("ka.uri", "requestURI");
    scalar("ka.target.name", "objectRef/name");
    scalar("ka.target.namespace", "objectRef/namespace");
    scalar("ka.target.resource", "objectRef/resource");
    scalar("ka.target.subresource", "objectRef/subresource");
    scalar("ka.req.binding.role", "requestObject/roleRef/name");
    scalar("ka.req.configmap.name", "objectRef/name");
    scalar("ka.req.configmap.obj", "requestObject/data");
    scalar("ka.req.pod.host_ipc", POD + "hostIPC");
    scalar("ka.req.pod.host_network", POD + "hostNetwork");
    scalar("ka.req.container.host_network", POD + "hostNetwork");
    scalar("ka.req.pod.host_pid", POD + "hostPID");
    scalar("ka.req.pod.run_as_user", POD + "securityContext/runAsUser");
    scalar("ka.req.pod.run_as_group", POD + "securityContext/runAsGroup");
    scalar("ka.req.pod.fs_group", POD + "securityContext/fsGroup");
    scalar("ka.req.service.type", POD + "type");
    scalar("ka.resp.name", "responseObject/metadata/name");
    scalar("ka.response.code", "responseStatus/code");
    scalar("ka.response.reason", "responseStatus/reason");
    scalar("ka.useragent", "userAgent");
    scalar("ka.cluster.name", "annotations/cluster_name");
    ALL.put("ka.req.binding.subject.has_name", (event, json, name) -> List.of("true"));
  }

  private static void lists() {
    array("ka.user.groups", "user/groups");
    array("ka.req.binding.subjects", "requestObject/subjects");
    array("ka.req.role.rules", "requestObject/rules");
    array("ka.req.pod.supplemental_groups", POD + "securityContext/supplementalGroups");
    list("ka.sourceips", (event, json, index) -> List.of());
    subjects("user_names", "User");
    subjects("serviceaccount_names", "ServiceAccount");
    subjects("serviceaccount_ns_names", "ServiceAccount");
    subjects("group_names", "Group");
  }

  private static void pods() {
    for (String containers : CONTAINERS) {
      String field = "ka.req.pod." + containers + ".";
      String path = POD + containers;
      String security = path + "/securityContext/";
      each(field + "privileged", security + "privileged");
      each(field + "allow_privilege_escalation", security + "allowPrivilegeEscalation");
      each(field + "read_only_fs", security + "readOnlyRootFilesystem");
      each(field + "run_as_user", security + "runAsUser");
      each(field + "run_as_group", security + "runAsGroup");
      each(field + "proc_mount", security + "procMount");
      each(field + "add_capabilities", security + "capabilities/add");
      effective(field + "eff_run_as_user", path, "runAsUser");
      effective(field + "eff_run_as_group", path, "runAsGroup");
      list(field + "name", (event, json, index) -> every(json, path + "/name", index));
      list(field + "image", (event, json, index) -> every(json, path + "/image", index));
      list(
          field + "image.repository",
          (event, json, index) -> FalcoPods.repositories(every(json, path + "/image", index)));
      list(
          field + "command",
          (event, json, index) -> FalcoPods.words(found(json, path + "/command", index)));
      list(
          field + "args",
          (event, json, index) -> FalcoPods.words(found(json, path + "/args", index)));
      if (!containers.startsWith("ephemeral")) {
        list(
            field + "host_port",
            (event, json, index) -> FalcoPods.ports(found(json, path + "/ports", index)));
      }
    }
    String containers = POD + "containers";
    ALL.put(
        "ka.req.container.image", (event, json, none) -> every(json, containers + "/image", "0"));
    ALL.put(
        "ka.req.container.image.repository",
        (event, json, none) -> FalcoPods.repositories(every(json, containers + "/image", "0")));
    ALL.put(
        "ka.req.container.privileged",
        (event, json, none) ->
            FalcoPods.anyTrue(found(json, containers + "/securityContext/privileged", "")));
    each("ka.req.service.ports", POD + "ports");
    each("ka.req.pod.volumes.hostpath", POD + "volumes/hostPath/path");
    each("ka.req.pod.volumes.flexvolume_driver", POD + "volumes/flexVolume/driver");
    list(
        "ka.req.pod.volumes.volume_type",
        (event, json, index) -> FalcoPods.keys(found(json, POD + "volumes/", index)));
    ALL.put(
        "ka.req.volume.hostpath",
        (event, json, path) ->
            FalcoPods.mounts(found(json, POD + "volumes/hostPath/path", ""), path));
  }

  private static void roles() {
    for (String key : List.of("apiGroups", "nonResourceURLs", "verbs", "resources")) {
      list(
          "ka.req.role.rules." + key,
          (event, json, index) -> flattened(found(json, "requestObject/rules/" + key, index)));
    }
  }

  private static void scalar(String field, String path) {
    List<String> keys = keys(path);
    ALL.put(field, (event, json, none) -> one(JsonText.at(json, keys)));
  }

  private static void list(String field, Reading reading) {
    ALL.put(field, reading);
    LISTS.add(field);
  }

  private static void array(String field, String path) {
    List<String> keys = keys(path);
    list(field, (event, json, none) -> elements(JsonText.at(json, keys)));
  }

  private static void each(String field, String path) {
    list(field, (event, json, index) -> JsonText.of(found(json, path, index)));
  }

  private static void effective(String field, String containers, String key) {
    list(
        field,
        (event, json, index) -> {
          String pods = scalar(json, POD + key);
          List<String> texts = new ArrayList<>();
          for (Json own : found(json, containers + "/" + key, index)) {
            texts.add(own != null ? JsonText.of(own) : pods == null ? "0" : pods);
          }
          return texts;
        });
  }

  private static void subjects(String field, String kind) {
    boolean spaced = field.contains("_ns_");
    list(
        "ka.req.binding.subjects." + field,
        (event, json, none) -> {
          Json subjects = JsonText.at(json, keys("requestObject/subjects"));
          Stream<Json> some = subjects == null ? Stream.empty() : subjects.elements().stream();
          return some.filter(subject -> kind.equals(scalar(subject, "kind")))
              .map(subject -> named(subject, spaced))
              .filter(name -> name != null)
              .toList();
        });
  }

  private static String named(Json subject, boolean spaced) {
    String name = scalar(subject, "name");
    String namespace = spaced ? scalar(subject, "namespace") : "";
    return name == null || namespace == null ? null : spaced ? namespace + ":" + name : name;
  }

  private static List<String> podName(Json json) {
    boolean pod =
        "pods".equals(scalar(json, "objectRef/resource"))
            && scalar(json, "objectRef/subresource") == null;
    return pod ? one(JsonText.at(json, keys("responseObject/metadata/name"))) : List.of();
  }

  /** By an RFC 6901 pointer, with or without its first slash; without any the whole event. */
  private static List<String> pointed(Json json, String pointer) {
    return pointer.isEmpty() ? one(json) : one(JsonText.at(json, keys(pointer)));
  }

  private static List<String> elements(Json array) {
    return array == null ? List.of() : JsonText.of(array.elements());
  }

  private static List<String> flattened(List<Json> arrays) {
    return arrays.stream().flatMap(array -> elements(array).stream()).toList();
  }

  /** The texts of all, or nothing when one is absent. */
  private static List<String> every(Json json, String path, String index) {
    List<Json> found = found(json, path, index);
    boolean absent = found.stream().anyMatch(value -> value == null);
    return absent ? List.of() : JsonText.of(found);
  }

  private static List<Json> found(Json json, String path, String index) {
    int only = index.isEmpty() ? -1 : Integer.parseInt(index);
    List<Json> all = JsonText.all(json, only, keys(path));
    return all == null ? List.of() : all;
  }

  private static List<String> one(Json value) {
    return value == null ? List.of() : List.of(JsonText.of(value));
  }

  private static String scalar(Json json, String path) {
    Json value = JsonText.at(json, keys(path));
    return value == null ? null : JsonText.of(value);
  }

  private static List<String> keys(String pointer) {
    String bare = pointer.startsWith("/") ? pointer.substring(1) : pointer;
    return Stream.of(bare.split("/", -1))
        .map(key -> key.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /** Null when there is no such field. */
  static Reading reading(String name) {
    return ALL.get(name);
  }

  static boolean isList(String name) {
    return LISTS.contains(name);
  }
}
