package io.stridewatch.event;

import io.stridewatch.Source;
import java.util.Set;
import java.util.TreeSet;

/** The names of the fields that are worked out from records, beside the sources' own. */
public final class DerivedFields {
  private DerivedFields() {}

  /** Of one source, in alphabetical order. */
  public static Set<String> of(Source source) {
    Set<String> names = new TreeSet<>(Set.of("source", "scope", "actor"));
    switch (source) {
      case AUDITD -> names.addAll(AuditdDerived.NAMES);
      case DOCKER -> names.addAll(DockerWords.ALL.keySet());
      case KUBERNETES -> names.addAll(KubernetesWords.names());
      default -> names.remove("actor");
    }
    return names;
  }

  /** Whether it is a field of Falco's plug-ins, which Kubernetes' events answer to. */
  public static boolean isFalcos(String field) {
    return FalcoExpression.isOne(field);
  }
}
