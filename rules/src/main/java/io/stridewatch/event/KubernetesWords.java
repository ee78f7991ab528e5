package io.stridewatch.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The fields of a Kubernetes audit event, by name. */
final class KubernetesWords {
  /**
   * What each derived field is.
   *
   * <ul>
   *   <li>{@code time}: of the event, {@code stageTimestamp}
   *   <li>{@code resource}: {@code pods} or with its subresource {@code pods/exec}
   *   <li>{@code name}: of the object, also where the API server made it up ({@code generateName})
   *   <li>{@code decision}: of the authorizer, {@code allow} or {@code forbid}
   *   <li>{@code person}: whether the user is not one of {@code system:}
   *   <li>{@code controlPlane}: whether the user is one of the cluster's own, see {@link
   *       ControlPlane}
   *   <li>{@code address}: the peer, last of {@code sourceIPs}; what stands before it can be forged
   *   <li>{@code command}: words of an exec, or of a command run through {@code nodes/proxy}
   *   <li>{@code secrets}: where the request holds one and of which kind, never its value: {@code
   *       environment DB_PASSWORD (password)}, {@code config map id_rsa (private key)}
   *   <li>{@code certificateName}, {@code certificateGroups}: the user name and groups that a
   *       certificate signing request asks for
   *   <li>{@code openTraffic}: of {@code ingress egress}, what a network policy opens to everyone
   * </ul>
   */
  private static final Map<String, Function<KubernetesWords, List<String>>> OWN =
      Map.ofEntries(
          Map.entry("time", words -> words.last("stageTimestamp")),
          Map.entry("resource", KubernetesWords::resource),
          Map.entry("apiGroup", words -> words.last("objectRef.apiGroup")),
          Map.entry("namespace", words -> words.last("objectRef.namespace")),
          Map.entry("name", KubernetesWords::name),
          Map.entry("code", words -> words.last("responseStatus.code")),
          Map.entry("decision", words -> words.last("annotations.authorization.k8s.io/decision")),
          Map.entry("person", KubernetesWords::person),
          Map.entry("controlPlane", KubernetesWords::controlPlane),
          Map.entry("certificateName", words -> words.certificate(CertificateRequest::names)),
          Map.entry("certificateGroups", words -> words.certificate(CertificateRequest::groups)),
          Map.entry("openTraffic", KubernetesWords::openTraffic),
          Map.entry("address", words -> words.last("sourceIPs")),
          Map.entry("dryRun", KubernetesWords::dryRun),
          Map.entry("command", KubernetesWords::command),
          Map.entry("secrets", KubernetesWords::secrets));

  /** How a field is read that was asked for: as many as the rules name. */
  private static final Map<String, Function<KubernetesWords, List<String>>> KNOWN =
      new ConcurrentHashMap<>();

  /** Requests for these give pods nothing, though their body may show a whole spec. */
  private static final Set<String> POWERLESS = Set.of("status", "scale", "binding", "eviction");

  private static final Set<String> DELETES = Set.of("delete", "deletecollection");

  private static final String RESOURCE = "objectRef.resource";
  private static final String SUBRESOURCE = "objectRef.subresource";

  private final KubernetesEvent event;
  private final Json json;
  private PodRequest pods;

  KubernetesWords(KubernetesEvent event, Json json) {
    this.event = event;
    this.json = json;
  }

  /** The names of all derived fields. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(OWN.keySet());
    names.addAll(PodRequest.FIELDS.keySet());
    return names;
  }

  /** The values of any field: a derived one, one of Falco's, or a path of the JSON. */
  List<String> values(String field) {
    Function<KubernetesWords, List<String>> known = KNOWN.get(field);
    if (known == null) {
      known = reading(field);
      KNOWN.put(field, known);
    }
    return known.apply(this);
  }

  private static Function<KubernetesWords, List<String>> reading(String field) {
    Function<KubernetesWords, List<String>> own = OWN.get(field);
    Function<PodRequest, List<String>> ofPods = PodRequest.FIELDS.get(field);
    if (own != null) {
      return own;
    } else if (ofPods != null) {
      return words -> words.pods().isSilent() ? List.of() : ofPods.apply(words.pods());
    } else if (FalcoExpression.isOne(field)) {
      return words -> FalcoExpression.values(field, words.event, words.json);
    }
    return words -> words.json.values(field);
  }

  private List<String> last(String path) {
    String last = json.last(path);
    return last == null ? List.of() : List.of(last);
  }

  private List<String> resource() {
    String resource = event.last(RESOURCE);
    String part = event.last(SUBRESOURCE);
    if (resource == null) {
      return List.of();
    }
    return List.of(part == null ? resource : resource + "/" + part);
  }

  private List<String> name() {
    List<String> name = last("objectRef.name");
    if (!name.isEmpty() || !"create".equals(event.last("verb"))) {
      return name;
    }
    List<String> made = last("responseObject.metadata.name");
    return made.isEmpty() ? last("requestObject.metadata.name") : made;
  }

  private String user() {
    return event.last("user.username");
  }

  private List<String> person() {
    String user = user();
    return List.of(String.valueOf(user != null && !user.startsWith("system:")));
  }

  private List<String> controlPlane() {
    return List.of(String.valueOf(ControlPlane.has(user())));
  }

  private List<String> certificate(Function<CertificateRequest, List<String>> part) {
    boolean asked = "certificatesigningrequests".equals(event.last(RESOURCE));
    String request = asked ? json.last("requestObject.spec.request") : null;
    return request == null ? List.of() : part.apply(new CertificateRequest(request));
  }

  private List<String> openTraffic() {
    List<String> open = new ArrayList<>();
    if ("networkpolicies".equals(event.last(RESOURCE))) {
      addOpen("ingress", "from", open);
      addOpen("egress", "to", open);
    }
    return open;
  }

  private void addOpen(String way, String peers, List<String> open) {
    List<Json> rules = json.nodes("requestObject.spec." + way + "[]");
    if (rules.stream().anyMatch(rule -> rule.nodes(peers + "[]").isEmpty())) {
      open.add(way);
    }
  }

  /** By the query or, in a delete, by the options in the body. */
  private List<String> dryRun() {
    boolean asked = uri().query("dryRun").contains("All") || isDryDelete();
    return asked ? List.of("true") : List.of("false");
  }

  private boolean isDryDelete() {
    return !Collections.disjoint(event.values("verb"), DELETES)
        && "DeleteOptions".equals(json.last("requestObject.kind"))
        && json.values("requestObject.dryRun").contains("All");
  }

  private List<String> command() {
    List<String> words = new ArrayList<>(uri().query("command"));
    if (resource().contains("nodes/proxy")) {
      words.addAll(uri().query("cmd"));
    }
    return words;
  }

  private List<String> secrets() {
    return Secrets.words(event);
  }

  private RequestUri uri() {
    String uri = event.last("requestURI");
    return new RequestUri(uri == null ? "" : uri);
  }

  private PodRequest pods() {
    if (pods == null) {
      String part = event.last(SUBRESOURCE);
      boolean powerless = part != null && POWERLESS.contains(part);
      pods =
          new PodRequest(
              powerless ? null : json.node("requestObject"), "patch".equals(event.last("verb")));
    }
    return pods;
  }
}
