package io.stridewatch.rule.falco;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields that a rule for Kubernetes audit events may name: those of Falco's plug-ins k8saudit
 * 0.18.0 and json 0.7.4, and the evt fields that such an event has.
 */
final class FieldTable {
  /** What stands in brackets behind a field. */
  enum Argument {
    NONE,
    KEY,
    INDEX
  }

  /** A field's shape. */
  record Shape(boolean list, Argument argument) {}

  private static final Map<String, Shape> ALL = new HashMap<>();
  private static final Set<String> NUMBERS =
      Set.of("evt.num", "evt.rawtime", "evt.rawtime.s", "evt.rawtime.ns");
  private static final String SINGLE =
      "auditid stage auth.decision auth.reason user.name impuser.name verb uri target.name"
          + " target.namespace target.resource target.subresource target.pod.name req.binding.role"
          + " req.configmap.name req.configmap.obj req.container.image"
          + " req.container.image.repository req.container.privileged req.container.host_network"
          + " req.pod.host_ipc req.pod.host_network req.pod.host_pid req.pod.run_as_user"
          + " req.pod.run_as_group req.pod.fs_group req.service.type resp.name response.code"
          + " response.reason useragent cluster.name";
  private static final String LISTS =
      "user.groups req.binding.subjects req.binding.subjects.user_names"
          + " req.binding.subjects.serviceaccount_names"
          + " req.binding.subjects.serviceaccount_ns_names req.binding.subjects.group_names"
          + " req.role.rules req.pod.supplemental_groups";
  private static final String INDEXED =
      "sourceips req.role.rules.apiGroups req.role.rules.nonResourceURLs req.role.rules.verbs"
          + " req.role.rules.resources req.service.ports req.pod.volumes.hostpath"
          + " req.pod.volumes.flexvolume_driver req.pod.volumes.volume_type";
  private static final String OF_CONTAINERS =
      "name image image.repository command args privileged allow_privilege_escalation read_only_fs"
          + " run_as_user eff_run_as_user run_as_group eff_run_as_group proc_mount"
          + " add_capabilities host_port";
  private static final String EVENTS =
      "num time time.s time.iso8601 datetime datetime.s rawtime rawtime.s rawtime.ns source"
          + " is_async asynctype pluginname plugininfo";

  private FieldTable() {}

  static {
    add("ka.", SINGLE, false, Argument.NONE);
    add("ka.", LISTS, true, Argument.NONE);
    add("ka.", INDEXED, true, Argument.INDEX);
    add("ka.", "uri.param req.binding.subject.has_name req.volume.hostpath", false, Argument.KEY);
    for (String containers : List.of("containers.", "initContainers.", "ephemeralContainers.")) {
      add("ka.req.pod." + containers, OF_CONTAINERS, true, Argument.INDEX);
    }
    ALL.remove("ka.req.pod.ephemeralContainers.host_port");
    for (String json : List.of("jevt.", "json.")) {
      add(json, "value", false, Argument.KEY);
      add(json, "obj rawtime", false, Argument.NONE);
    }
    add("evt.", EVENTS, false, Argument.NONE);
  }

  private static void add(String prefix, String names, boolean list, Argument argument) {
    for (String name : names.split(" ")) {
      ALL.put(prefix + name, new Shape(list, argument));
    }
  }

  /** The names of all, in order. */
  static List<String> names() {
    List<String> names = new ArrayList<>(ALL.keySet());
    names.sort(null);
    return names;
  }

  static boolean has(String name) {
    return ALL.containsKey(name);
  }

  static boolean isNumber(String name) {
    return NUMBERS.contains(name);
  }

  /** The shape of a field that is used with this argument; null when it has none. */
  static Shape shape(String name, String argument) {
    Shape shape = ALL.get(name);
    if (shape == null) {
      throw new UnknownFieldException(name);
    }
    String used = "filter '" + name + (argument == null ? "" : "[" + argument + "]") + "': ";
    if (shape.argument == Argument.KEY && argument == null) {
      throw new RefusedException(
          used + name + " requires an argument but none provided: add one in brackets");
    }
    if (shape.argument == Argument.NONE && argument != null) {
      throw new RefusedException(
          used
              + (name + " does not allow nor require an argument but one is provided: ")
              + (argument + "; take it away"));
    }
    if (shape.argument == Argument.INDEX && argument != null && !argument.matches("\\d{1,9}")) {
      throw new RefusedException(used + argument + " is no index: write a number");
    }
    return shape;
  }
}
