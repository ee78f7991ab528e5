package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.Fault;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.rule.falco.FalcoSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which rules a command works with: the built-in pack, or what {@code --rules} names, or both. */
final class RuleChoice {
  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description =
          "Rule file, or directory searched for .yml and .yaml; may be repeated; replaces the built-in pack.")
  List<Path> paths = List.of();

  @Option(names = "--with-default-rules", description = "The built-in pack beside --rules.")
  boolean withDefaultRules;

  @Mixin FalcoChoice falco;

  /** Whether it was said which. */
  boolean named() {
    return !paths.isEmpty() || withDefaultRules;
  }

  /** The rules with their examples, faulty ones left out and told by {@link RuleSet#faults()}. */
  RuleSet rules() {
    if (paths.isEmpty()) {
      return RuleSet.builtIn();
    }
    return withDefaultRules
        ? RuleSet.readWithBuiltIn(paths, falco.settings())
        : RuleSet.read(paths, falco.settings());
  }

  /** The rules without the built-in ones' examples. */
  RuleSet atWork() {
    return atWork(paths, withDefaultRules, falco.settings());
  }

  /** The rules of these paths, to judge by. */
  static RuleSet atWork(List<Path> paths, boolean withDefaultRules, FalcoSettings falco) {
    if (paths.isEmpty()) {
      return RuleSet.builtInAtWork();
    }
    return withDefaultRules
        ? RuleSet.readWithBuiltInAtWork(paths, falco)
        : RuleSet.read(paths, falco);
  }

  /**
   * The rules, none of them faulty.
   *
   * @throws CommandFault with all faults
   */
  static RuleSet sound(RuleSet rules) {
    refuse(rules.faults());
    return rules;
  }

  private static void refuse(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new CommandFault(
          faults.stream().map(Object::toString).collect(Collectors.joining("\n")));
    }
  }

  /** The sound rules, compiled, to judge by. */
  CompiledRules compiled() {
    return compiled(atWork());
  }

  /** The sound rules, compiled, with their examples. */
  CompiledRules compiledWithExamples() {
    return compiled(rules());
  }

  /** These rules, compiled, when all are sound. */
  static CompiledRules compiled(RuleSet rules) {
    CompiledRules compiled = CompiledRules.of(sound(rules), Surroundings.here().cache());
    refuse(compiled.faults());
    return compiled;
  }
}
