package io.stridewatch.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a Kubernetes request asks pods to be given, wherever the pod's spec lies: in a Pod, in the
 * template of a Deployment, DaemonSet, StatefulSet, ReplicaSet, ReplicationController, Job or
 * CronJob, in a PodTemplate, in a patch of any of them (merge, strategic, apply, JSON patch), in
 * containers, init containers or ephemeral ones. Only what the request says: defaults aren't added.
 */
final class PodRequest {
  /** The fields of an event that tell of it; {@code hostPath} is what SigmaHQ's rules say. */
  static final Map<String, Function<PodRequest, List<String>>> FIELDS =
      Map.ofEntries(
          Map.entry("privileged", PodRequest::privileged),
          Map.entry("hostNamespaces", PodRequest::hostNamespaces),
          Map.entry("hostPaths", PodRequest::hostPaths),
          Map.entry("hostPath", PodRequest::hostPaths),
          Map.entry("capabilities", PodRequest::capabilities),
          Map.entry("allowPrivilegeEscalation", PodRequest::allowPrivilegeEscalation),
          Map.entry("runAsRoot", PodRequest::runAsRoot),
          Map.entry("images", PodRequest::images),
          Map.entry("unconfined", PodRequest::unconfined),
          Map.entry("limitsMissing", PodRequest::limitsMissing),
          Map.entry("keepsNetRaw", PodRequest::keepsNetRaw),
          Map.entry("registries", PodRequest::registries),
          Map.entry("hostPorts", PodRequest::hostPorts),
          Map.entry("sysctls", PodRequest::sysctls),
          Map.entry("serviceAccounts", PodRequest::serviceAccounts),
          Map.entry("nodeNames", PodRequest::nodeNames),
          Map.entry("placement", PodRequest::placement),
          Map.entry("rights", PodRequest::rights));

  private static final List<String> CONTAINERS =
      List.of("containers", "initContainers", "ephemeralContainers");
  private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final String SECCOMP = "seccomp.security.alpha.kubernetes.io/";

  private final boolean patchesByPath;
  private final PodNeeds needs;
  private final List<Json> annotations = new ArrayList<>();
  private final List<Json> specs = new ArrayList<>();
  private final List<Json> containers = new ArrayList<>();

  /**
   * Of a request.
   *
   * @param requestObject its body; null when there is none
   * @param patch whether it is a patch
   */
  PodRequest(Json requestObject, boolean patch) {
    patchesByPath = requestObject != null && requestObject.isArray();
    for (Json object : objects(requestObject)) {
      addPod(object);
      object.nodes("template").forEach(this::addPod);
    }
    for (Json spec : List.copyOf(specs)) {
      spec.nodes("template").forEach(this::addPod);
      spec.nodes("jobTemplate.spec.template").forEach(this::addPod);
    }
    for (Json spec : specs) {
      CONTAINERS.forEach(list -> containers.addAll(spec.nodes(list + "[]")));
    }
    needs = new PodNeeds(requestObject, containers, patch);
  }

  /** What may be a pod or its template: whatever has a spec. */
  private void addPod(Json template) {
    specs.addAll(template.nodes("spec"));
    annotations.addAll(template.nodes("metadata.annotations"));
  }

  private List<Json> objects(Json requestObject) {
    if (requestObject == null) {
      return List.of();
    }
    return patchesByPath ? JsonPatch.written(requestObject) : List.of(requestObject);
  }

  /** Whether it asks nothing for any pod: then all its fields are empty. */
  boolean isSilent() {
    return specs.isEmpty() && annotations.isEmpty() && !patchesByPath;
  }

  /** {@code true} if any container is to be, {@code false} if that is said of one, else none. */
  List<String> privileged() {
    List<String> values = of(containers, "securityContext.privileged");
    values.addAll(securityContexts("windowsOptions.hostProcess"));
    return truth(values);
  }

  /** As for {@link #privileged()}. */
  List<String> allowPrivilegeEscalation() {
    return truth(of(containers, "securityContext.allowPrivilegeEscalation"));
  }

  /** {@code true} when user 0 is asked for. */
  List<String> runAsRoot() {
    List<String> users = securityContexts("runAsUser");
    return users.isEmpty() ? List.of() : List.of(String.valueOf(users.contains("0")));
  }

  /** Of {@code pid ipc network}. */
  List<String> hostNamespaces() {
    List<String> shared = new ArrayList<>();
    addIf(shared, "pid", of(specs, "hostPID").contains("true"));
    addIf(shared, "ipc", of(specs, "hostIPC").contains("true"));
    addIf(shared, "network", of(specs, "hostNetwork").contains("true"));
    return shared;
  }

  /** Of pods' volumes and of a PersistentVolume, cleaned. */
  List<String> hostPaths() {
    List<String> paths = of(specs, "volumes.hostPath.path");
    paths.addAll(of(specs, "hostPath.path"));
    paths.addAll(of(specs, "local.path"));
    return Rights.paths(paths);
  }

  /** Added ones, as {@code SYS_ADMIN}. */
  List<String> capabilities() {
    return Rights.capabilities(of(containers, "securityContext.capabilities.add"));
  }

  /** Of all containers, each once. */
  List<String> images() {
    return of(containers, "image").stream().distinct().toList();
  }

  /** Of {@code seccomp apparmor selinux systempaths}. */
  List<String> unconfined() {
    List<String> free = new ArrayList<>();
    addIf(free, "seccomp", unconfined("seccompProfile.type") || annotated(SECCOMP));
    addIf(free, "apparmor", unconfined("appArmorProfile.type") || annotated(APPARMOR));
    addIf(free, "selinux", securityContexts("seLinuxOptions.type").contains("spc_t"));
    addIf(free, "systempaths", of(containers, "securityContext.procMount").contains("Unmasked"));
    return free;
  }

  /** Of {@code memory cpu}: see {@link PodNeeds}. */
  List<String> limitsMissing() {
    return needs.limitsMissing();
  }

  /** See {@link PodNeeds}. */
  List<String> keepsNetRaw() {
    return needs.keepsNetRaw();
  }

  /** Of all images, {@code docker.io} where none is named. */
  List<String> registries() {
    return PodNeeds.registries(images());
  }

  /** Ports of the node that lead to a container. */
  List<String> hostPorts() {
    return of(containers, "ports.hostPort").stream().filter(port -> !port.equals("0")).toList();
  }

  /** Names of the kernel settings asked for. */
  List<String> sysctls() {
    return of(specs, "securityContext.sysctls.name");
  }

  /** Accounts that pods act as. */
  List<String> serviceAccounts() {
    List<String> accounts = of(specs, "serviceAccountName");
    accounts.addAll(of(specs, "serviceAccount"));
    return accounts.stream().filter(account -> !account.isEmpty()).distinct().toList();
  }

  /** Nodes that pods are put on past the scheduler. */
  List<String> nodeNames() {
    return of(specs, "nodeName").stream().filter(node -> !node.isEmpty()).toList();
  }

  /** Keys of the taints that pods bear or nodes that they ask for; {@code *} for any taint. */
  List<String> placement() {
    List<String> keys = new ArrayList<>();
    for (Json spec : specs) {
      for (Json toleration : spec.nodes("tolerations[]")) {
        String key = toleration.last("key");
        keys.add(key == null || key.isEmpty() ? "*" : key);
      }
      spec.nodes("nodeSelector")
          .forEach(chosen -> chosen.members().forEach(m -> keys.add(m.name())));
      keys.addAll(
          spec.values(
              "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.matchExpressions.key"));
    }
    return keys.stream().distinct().toList();
  }

  /** All of these in words. */
  List<String> rights() {
    return Rights.told(privileged(), hostNamespaces(), hostPaths(), capabilities(), unconfined());
  }

  private boolean unconfined(String profile) {
    return securityContexts(profile).contains("Unconfined");
  }

  /** Before they were fields: {@code container.NAME} or {@code pod} follows the prefix. */
  private boolean annotated(String prefix) {
    return annotations.stream()
        .flatMap(list -> list.members().stream())
        .filter(annotation -> annotation.name().contains(prefix))
        .anyMatch(annotation -> annotation.value().values("").contains("unconfined"));
  }

  private List<String> securityContexts(String path) {
    List<String> values = of(containers, "securityContext." + path);
    values.addAll(of(specs, "securityContext." + path));
    return values;
  }

  private static List<String> of(List<Json> places, String path) {
    List<String> values = new ArrayList<>();
    places.forEach(place -> values.addAll(place.values(path)));
    return values;
  }

  private static List<String> truth(List<String> values) {
    return Stream.of("true", "false").filter(values::contains).limit(1).toList();
  }

  private static void addIf(List<String> words, String word, boolean so) {
    if (so) {
      words.add(word);
    }
  }
}
