package io.stridewatch.rule.falco;

import io.stridewatch.Stride;
import io.stridewatch.rule.Condition;
import java.util.List;

/**
 * An enabled rule of Falco's about Kubernetes audit events. Immutable.
 *
 * @param output what its alerts say
 * @param line where it begins in {@code file}
 */
public record FalcoRule(
    String name,
    String description,
    Priority priority,
    List<Stride> stride,
    List<String> threats,
    List<String> tags,
    Condition condition,
    FalcoOutput output,
    String file,
    int line) {
  /** Lists are copied. */
  public FalcoRule {
    stride = List.copyOf(stride);
    threats = List.copyOf(threats);
    tags = List.copyOf(tags);
  }
}
