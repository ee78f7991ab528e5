package io.stridewatch.event;

import java.util.List;
import java.util.Set;

/** Where an audit event of the Kubernetes API server may hold secrets. */
final class KubernetesSecrets implements SecretPlaces {
  private static final Set<String> IDS =
      Set.of(
          "auditid",
          "uid",
          "resourceversion",
          "image",
          "imageid",
          "containerid",
          "hash",
          "kind",
          "apiversion",
          "namespace",
          "nodename",
          "selflink",
          "time",
          "stage",
          "level",
          "verb");

  /** The tops for what a request may be about, those of what it asks first. */
  private static final SecretPath[] TOPS = new SecretPath[16];

  static {
    for (int i = 0; i < TOPS.length; i++) {
      TOPS[i] =
          SecretPath.top(
              new KubernetesSecrets((i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) == 0));
    }
  }

  private final boolean secret;
  private final boolean configMap;
  private final boolean token;
  private final boolean asked;

  private KubernetesSecrets(boolean secret, boolean configMap, boolean token, boolean asked) {
    this.secret = secret;
    this.configMap = configMap;
    this.token = token;
    this.asked = asked;
  }

  /** Adds those of what an event's request asks. */
  static void findAsked(Json event, List<Secret> secrets) {
    JsonSecrets.find(event, "", TOPS[about(event)], secrets);
  }

  /** Adds those of all else. */
  static void findElse(Json event, List<Secret> secrets) {
    JsonSecrets.find(event, "", TOPS[8 + about(event)], secrets);
  }

  private static int about(Json event) {
    String resource = String.valueOf(event.last("objectRef.resource"));
    boolean token =
        resource.equals("tokenreviews") || "token".equals(event.last("objectRef.subresource"));
    return (resource.equals("secrets") ? 1 : 0)
        + (resource.equals("configmaps") ? 2 : 0)
        + (token ? 4 : 0);
  }

  private static boolean isAsked(String path) {
    return path.startsWith("requestobject") || path.equals("requesturi");
  }

  /** Nobody writes there what an API server says of who owns which fields. */
  @Override
  public boolean skips(String path, boolean member) {
    return member && isAsked(path) != asked
        || path.endsWith("metadata.managedfields") && isBody(path);
  }

  @Override
  public Reading reading(String path) {
    if (path.equals("requesturi")) {
      return Reading.URI;
    }
    String key = path.substring(path.lastIndexOf('.') + 1);
    if (!isBody(path)) {
      return IDS.contains(key) ? Reading.NOTHING : Reading.SHAPES;
    }
    if (secret && isSecretData(path) || token && isToken(path)) {
      return Reading.SECRET;
    }
    if (key.equals("command[]") || key.equals("args[]")) {
      return Reading.WORDS;
    }
    if (path.contains("annotations.") || configMap && isData(path)) {
      return Reading.SETTINGS;
    }
    if (configMap && path.contains("binarydata.")) {
      return Reading.BASE64;
    }
    return IDS.contains(key) ? Reading.NOTHING : Reading.MEMBER;
  }

  private static boolean isBody(String path) {
    return path.startsWith("requestobject") || path.startsWith("responseobject");
  }

  private static boolean isData(String path) {
    return path.contains("object.data.")
        || path.contains("items[].data.")
        || path.contains("object[].value");
  }

  /** Of one, of a list, of a patch; and all of it again in what kubectl notes. */
  private static boolean isSecretData(String path) {
    return isData(path)
        || path.contains("stringdata.")
        || path.endsWith("annotations.kubectl.kubernetes.io/last-applied-configuration");
  }

  /** Of a container's list, or of a JSON patch that writes the list or one of it. */
  private static boolean isVariable(String path) {
    return path.contains("env[].value")
        || path.endsWith("object[].value[].value")
        || path.endsWith("object[].value.value");
  }

  private static boolean isToken(String path) {
    return path.endsWith(".status.token") || path.endsWith(".spec.token");
  }

  /** Only of what was asked: the answer repeats it. */
  @Override
  public String words(String path, String name) {
    if (path.equals("requesturi")) {
      return ("request " + name).strip();
    }
    if (!path.startsWith("requestobject")) {
      return "";
    }
    String key = path.substring(path.lastIndexOf('.') + 1);
    if (key.equals("command[]") || key.equals("args[]")) {
      return "argument";
    }
    if (isVariable(path)) {
      return "environment " + name;
    }
    if (path.contains("annotations.")) {
      return "annotation " + name;
    }
    if (secret) {
      return "secret " + name;
    }
    return configMap && isData(path) ? "config map " + name : "field " + name;
  }
}
