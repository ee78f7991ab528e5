package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.RuleSources;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.PastRules;
import io.stridewatch.stream.RulesText;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Sets of rules that were in force once, compiled when they are first asked for. What can't be had
 * any more is told once. One thread.
 */
final class PastSets {
  private final PastRules rules;
  private final CommandLine command;
  private final Map<String, Optional<CompiledRules>> sets = new HashMap<>();

  PastSets(Kafka kafka, CommandLine command) {
    rules = new PastRules(kafka);
    this.command = command;
  }

  /** The set of that digest, if it is still to be had. */
  Optional<CompiledRules> set(String digest) {
    return sets.computeIfAbsent(digest, this::compiled);
  }

  /** The set in force at the oldest record of a partition. */
  Optional<CompiledRules> oldest(int partition) {
    try {
      return rules.oldest(partition).flatMap(this::set);
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private Optional<CompiledRules> compiled(String digest) {
    try {
      Optional<RulesText> text = rules.text(digest);
      if (text.isEmpty()) {
        told(digest, "are not on the rules topic any more");
        return Optional.empty();
      }
      RuleSources sources = RuleSources.read(text.get().text());
      return Optional.of(CompiledRules.of(sources.rules(), Surroundings.here().cache()));
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    } catch (IllegalArgumentException e) {
      told(digest, "can't be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void told(String digest, String what) {
    String line = "stridewatch: rules %s that were in force %s: those before them are taken";
    command.getErr().println(line.formatted(digest.substring(0, 12), what));
  }
}
