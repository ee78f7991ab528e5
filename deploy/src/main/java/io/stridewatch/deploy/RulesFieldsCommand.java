package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.rule.FieldReference;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a rule may ask of an event, source by source. */
@Command(
    name = "fields",
    mixinStandardHelpOptions = true,
    description = "Lists the fields that rules may ask for.")
final class RulesFieldsCommand implements Callable<Integer> {
  @Option(names = "--source", paramLabel = "SOURCE", description = "docker, auditd or kubernetes.")
  private String source;

  @Mixin private OutputChoice output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    sources().forEach(each -> print(each, spec.commandLine().getOut()));
    return 0;
  }

  private List<Source> sources() {
    try {
      return source == null
          ? List.of(Source.DOCKER, Source.AUDITD, Source.KUBERNETES)
          : List.of(Source.of(source));
    } catch (IllegalArgumentException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private void print(Source source, PrintWriter out) {
    Map<String, String> derived = FieldReference.derived(source);
    List<String> own = FieldReference.own(source);
    if (output.json()) {
      derived.forEach((name, says) -> out.println(json(source, name, "derived", says)));
      own.forEach(name -> out.println(json(source, name, "own", "")));
      return;
    }
    out.println(source.label() + ": derived fields");
    derived.forEach((name, says) -> out.println("  %-26s %s".formatted(name, says)));
    out.println(source.label() + ": its own names; .* has more behind it, arrays need no index");
    StringBuilder line = new StringBuilder(" ");
    for (String name : own) {
      if (line.length() + name.length() > 110) {
        out.println(line);
        line = new StringBuilder(" ");
      }
      line.append(' ').append(name);
    }
    out.println(line);
  }

  private static String json(Source source, String name, String kind, String says) {
    JsonLine line = new JsonLine().open('{').key("source").text(source.label());
    line.key("field").text(name).key("kind").text(kind).key("says").text(says);
    return line.close('}').toString();
  }
}
