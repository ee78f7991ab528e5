package io.stridewatch.rule;

import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * One rule, as its file says it. Immutable.
 *
 * @param id the file's {@code id}; without one its {@code name}, else the file's name without
 *     suffix
 * @param name what correlations may call it; may be empty
 * @param source whose events it is about; of a correlation those of the first rule that it names
 * @param summary the template of an alert's summary; may be empty
 * @param signals those of the threat model that it sees, each a row and the signal's place in it:
 *     {@code D-S1.2}; they are for the coverage report and reach no alert
 * @param group the template of an alert's group; may be empty
 * @param silent whether it only feeds correlations
 * @param file where it was read, and {@code line} where it begins there
 * @param others top-level keys that we do not know, by name: other tools' own
 * @param digest lower-case hex SHA-256 of what decides: log source, detection, correlation
 */
public record Rule(
    String id,
    String name,
    String title,
    String description,
    Severity severity,
    List<Stride> stride,
    List<String> threats,
    List<String> signals,
    List<String> tags,
    List<String> falsePositives,
    Source source,
    Logic logic,
    String summary,
    String remedy,
    String group,
    List<Example> examples,
    boolean silent,
    String file,
    int line,
    List<String> others,
    String digest) {

  /** Lists are copied. */
  public Rule {
    stride = List.copyOf(stride);
    threats = List.copyOf(threats);
    signals = List.copyOf(signals);
    tags = List.copyOf(tags);
    falsePositives = List.copyOf(falsePositives);
    examples = List.copyOf(examples);
    others = List.copyOf(others);
  }

  /** Whether it remembers. */
  public Lane lane() {
    return logic instanceof Detection ? Lane.EVENT : Lane.MEMORY;
  }

  /**
   * How far back the events lie that it still needs, in event time: after a restart they are read
   * again. Of a count it is two timespans: the window, and the silence after an alert; of absence
   * the window and the waiting. What a correlation of correlations needs adds up.
   */
  public Duration horizon() {
    if (!(logic instanceof Correlation correlation)) {
      return Duration.ZERO;
    }
    Duration parts =
        correlation.rules().stream()
            .map(Rule::horizon)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    boolean once = correlation.kind().temporal() && correlation.unless().isEmpty();
    return correlation.timespan().multipliedBy(once ? 1 : 2).plus(parts);
  }

  /** Whether it is a rule of the second stage, about records of any scopes. */
  public boolean isLinked() {
    return logic instanceof Correlation correlation && correlation.linked();
  }

  /** File and line: unlike its id no other rule's. */
  public String place() {
    return file + ":" + line;
  }

  /** The same, fed to correlations alone or speaking for itself. */
  public Rule silent(boolean silence) {
    return with(logic, silence);
  }

  /** The same, deciding by something else. */
  Rule with(Logic other) {
    return with(other, silent);
  }

  private Rule with(Logic other, boolean silence) {
    return new Rule(
        id,
        name,
        title,
        description,
        severity,
        stride,
        threats,
        signals,
        tags,
        falsePositives,
        source,
        other,
        summary,
        remedy,
        group,
        examples,
        silence,
        file,
        line,
        others,
        other == logic ? digest : Digest.of(source, other));
  }

  /** Whether a correlation that says {@code called} means this rule. */
  boolean isCalled(String called) {
    return called.equals(id) || called.equals(name);
  }
}
