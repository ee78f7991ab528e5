package io.stridewatch.deploy;

import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.deploy.settings.Moment;
import io.stridewatch.deploy.settings.SourceLateness;
import io.stridewatch.sink.view.Remark;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The {@code stridewatch} command. Exit status: 0 done, 1 the input or the set-up is at fault, 2
 * wrong usage, 3 an alert as bad as {@code --fail-on}, 130 and 143 by signal.
 */
@Command(
    name = "stridewatch",
    description = "Watches Docker, the kernel's audit and Kubernetes for STRIDE threats.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      CollectCommand.class,
      DetectCommand.class,
      DeliverCommand.class,
      TailCommand.class,
      ShowCommand.class,
      SilenceCommand.class,
      BaselineCommand.class,
      SinkCommand.class,
      ReplayCommand.class,
      RecordCommand.class,
      VerifyCommand.class,
      RulesCommand.class,
      StatusCommand.class,
      DoctorCommand.class,
      WarmUpCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
public final class Stridewatch implements Runnable {
  @Spec private CommandLine.Model.CommandSpec spec;

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with all its commands; also what tests call. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Stridewatch());
    remarks(commandLine, Remark.Kind.ACK, "Says that you have taken an alert up.");
    remarks(commandLine, Remark.Kind.NOTE, "Leaves a note on an alert.");
    SettingsChoice.addTo(commandLine);
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    commandLine.setExecutionExceptionHandler(Stridewatch::failed);
    commandLine.setParameterExceptionHandler(Stridewatch::misused);
    commandLine.registerConverter(Severity.class, named(Severity::of));
    commandLine.registerConverter(Source.class, named(Source::of));
    commandLine.registerConverter(Stride.class, named(Stride::of));
    commandLine.registerConverter(Instant.class, named(Moment::of));
    commandLine.registerConverter(SourceLateness.class, named(SourceLateness::of));
    commandLine
        .getSubcommands()
        .get("generate-completion")
        .getCommandSpec()
        .usageMessage()
        .hidden(true);
    return commandLine;
  }

  private static void remarks(CommandLine commandLine, Remark.Kind kind, String what) {
    CommandLine remark = new CommandLine(new RemarkCommand(kind));
    remark.getCommandSpec().usageMessage().description(what);
    commandLine.addSubcommand(kind.label(), remark);
  }

  /** A reader of texts whose complaint is told as it is. */
  private static <T> ITypeConverter<T> named(Function<String, T> reader) {
    return text -> {
      try {
        return reader.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  /** Says what is wrong and where help is, rather than a page of help under which it is lost. */
  private static int misused(CommandLine.ParameterException fault, String[] arguments) {
    CommandLine command = fault.getCommandLine();
    message(fault).lines().forEach(line -> command.getErr().println("stridewatch: " + line));
    CommandLine.UnmatchedArgumentException.printSuggestions(fault, command.getErr());
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("stridewatch: see '" + name + " --help'");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(CommandLine.ParameterException fault) {
    return fault instanceof CommandLine.UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
            && !fault.getCommandLine().getSubcommands().isEmpty()
        ? "no command is called '" + unmatched.getUnmatched().get(0) + "'"
        : fault.getMessage();
  }

  /** One line for what a person can mend; a stack trace only for what is our own fault. */
  private static int failed(Exception fault, CommandLine command, CommandLine.ParseResult result) {
    PrintWriter err = command.getErr();
    if (fault instanceof CommandFault) {
      fault.getMessage().lines().forEach(line -> err.println("stridewatch: " + line));
    } else {
      err.println("stridewatch: this is a fault of the program, please report it: " + fault);
      fault.printStackTrace(err);
    }
    return 1;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say which command: run, tail, replay, rules, status...");
  }
}
