package io.stridewatch.deploy;

import io.stridewatch.rule.falco.FalcoSettings;
import io.stridewatch.rule.falco.Priority;
import io.stridewatch.rule.falco.ThreatTable;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How Falco's files are taken: what its own settings file says of them. */
final class FalcoChoice {
  /** Falco's {@code rule_matching}, spelled as people type it. */
  enum Matching {
    all,
    first
  }

  @Option(
      names = "--falco-rule-matching",
      paramLabel = "all|first",
      defaultValue = "all",
      description =
          "Of Falco's rules that match an event all speak, or the first of the files alone (default: ${DEFAULT-VALUE}).")
  Matching matching;

  @Option(
      names = "--falco-priority",
      paramLabel = "PRIORITY",
      defaultValue = "debug",
      converter = PriorityWord.class,
      description =
          "Falco's rules of less priority are not there at all (default: ${DEFAULT-VALUE}).")
  Priority least;

  @Option(
      names = "--falco-threats",
      paramLabel = "FILE",
      description =
          "What Falco's rules are about, instead of or besides those that it ships: lines of rule | letters of STRIDE | K-E1 K-E2.")
  Path threats;

  FalcoSettings settings() {
    return new FalcoSettings(matching == Matching.first, least, threats());
  }

  private ThreatTable threats() {
    try {
      return threats == null ? ThreatTable.shipped() : ThreatTable.read(threats);
    } catch (IOException e) {
      throw new CommandFault("can't read " + threats + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  /** Falco's words in any case. */
  static final class PriorityWord implements picocli.CommandLine.ITypeConverter<Priority> {
    @Override
    public Priority convert(String word) {
      try {
        return Priority.of(word);
      } catch (IllegalArgumentException e) {
        throw new picocli.CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }
}
