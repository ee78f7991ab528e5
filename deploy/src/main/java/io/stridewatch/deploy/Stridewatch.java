package io.stridewatch.deploy;

import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.deploy.settings.Moment;
import io.stridewatch.deploy.settings.SourceLateness;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    synopsisSubcommandLabel = "COMMAND")
public final class Stridewatch implements Runnable {
  @Spec private CommandLine.Model.CommandSpec spec;

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    HeadStart.give(arguments);
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** The command line with the commands that a call needs; also what tests call. */
  static CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(new Stridewatch());
    Commands.addTo(commandLine, Commands.of(arguments));
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    commandLine.setExecutionExceptionHandler(Stridewatch::failed);
    commandLine.setParameterExceptionHandler(Stridewatch::misused);
    commandLine.registerConverter(Severity.class, named(Severity::of));
    commandLine.registerConverter(Source.class, named(Source::of));
    commandLine.registerConverter(Stride.class, named(Stride::of));
    commandLine.registerConverter(Instant.class, named(Moment::of));
    commandLine.registerConverter(SourceLateness.class, named(SourceLateness::of));
    return commandLine;
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
