package io.stridewatch.deploy;

import io.stridewatch.rule.Conversion;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes Falco's files as one of ours, on standard output; status 1 when a rule is left out. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description =
        "Writes Falco's rule files as one file of our own rules, which raise the same alerts.")
final class RulesConvertCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Rule files of Falco's, in the order in which it reads them.")
  private List<Path> files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    RuleSet rules = RuleChoice.sound(RuleSet.read(files));
    if (rules.falcoOutputs().size() != rules.rules().size()) {
      throw new CommandFault(
          "not all of these are rule files of Falco's: name those alone; ours need no conversion");
    }
    Conversion conversion = Conversion.of(rules, texts());
    spec.commandLine().getOut().print(conversion.text());
    spec.commandLine().getOut().flush();
    rules.ignored().forEach(left -> err.println("stridewatch: left out: " + left));
    conversion.faults().forEach(fault -> err.println("stridewatch: left out: " + fault));
    int written = rules.rules().size() - conversion.faults().size();
    err.printf(
        "%d rules written, %d left out%n",
        written, rules.ignored().size() + conversion.faults().size());
    return conversion.faults().isEmpty() ? 0 : 1;
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        texts.put(file.toString(), Files.readString(file));
      } catch (IOException e) {
        throw new CommandFault(file + ": can't be read: " + e.getMessage() + ": name a file");
      }
    }
    return texts;
  }
}
