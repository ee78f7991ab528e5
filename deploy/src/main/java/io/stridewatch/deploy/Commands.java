package io.stridewatch.deploy;

import io.stridewatch.sink.view.Remark;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/**
 * The commands by their names. Of a call that names one, that one alone is made: reading what all
 * of them take is a tenth of a {@code tail}'s start.
 */
final class Commands {
  private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("run", RunCommand::new);
    ALL.put("collect", CollectCommand::new);
    ALL.put("detect", DetectCommand::new);
    ALL.put("deliver", DeliverCommand::new);
    ALL.put("tail", TailCommand::new);
    ALL.put("show", ShowCommand::new);
    ALL.put("ack", () -> new RemarkCommand(Remark.Kind.ACK));
    ALL.put("note", () -> new RemarkCommand(Remark.Kind.NOTE));
    ALL.put("silence", SilenceCommand::new);
    ALL.put("baseline", BaselineCommand::new);
    ALL.put("sink", SinkCommand::new);
    ALL.put("replay", ReplayCommand::new);
    ALL.put("record", RecordCommand::new);
    ALL.put("verify", VerifyCommand::new);
    ALL.put("rules", RulesCommand::new);
    ALL.put("status", StatusCommand::new);
    ALL.put("doctor", DoctorCommand::new);
    ALL.put("warm-up", WarmUpCommand::new);
    ALL.put("help", HelpCommand::new);
    ALL.put("generate-completion", GenerateCompletion::new);
  }

  /** These two look at the others. */
  private static final Set<String> NEED_ALL = Set.of("help", "generate-completion");

  private Commands() {}

  /** Those that a call needs. */
  static Collection<String> of(String... arguments) {
    boolean one =
        arguments.length > 0 && ALL.containsKey(arguments[0]) && !NEED_ALL.contains(arguments[0]);
    return one ? List.of(arguments[0]) : ALL.keySet();
  }

  /** Makes them, with the settings that they take. */
  static void addTo(CommandLine commandLine, Collection<String> names) {
    names.forEach(name -> commandLine.addSubcommand(name, ALL.get(name).get()));
    Map<String, CommandLine> made = commandLine.getSubcommands();
    describe(made.get("ack"), "Says that you have taken an alert up.");
    describe(made.get("note"), "Leaves a note on an alert.");
    SettingsChoice.addTo(made);
    CommandLine completion = made.get("generate-completion");
    if (completion != null) {
      completion.getCommandSpec().usageMessage().hidden(true);
    }
  }

  private static void describe(CommandLine remark, String what) {
    if (remark != null) {
      remark.getCommandSpec().usageMessage().description(what);
    }
  }
}
