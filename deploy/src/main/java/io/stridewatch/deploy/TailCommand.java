package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Moment;
import io.stridewatch.sink.AlertOutput;
import io.stridewatch.sink.Terminal;
import io.stridewatch.stream.AlertTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Alerts of a running instance, as they come. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Shows alerts of a running instance, from now on unless --since is given.")
final class TailCommand implements Callable<Integer> {
  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Begin at an instant, or so long ago: 90s, 15m, 2h, 1d.")
  private String since;

  @Option(
      names = "--follow",
      negatable = true,
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Go on with new alerts (default); =false ends with what was there.")
  private boolean follow;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "line",
      description = {
        "line, wide (nothing cut), pretty (several lines each), json, csv, logfmt,",
        "template=TEXT with {field}s, ecs, ocsf, cef, leef or falco (default: ${DEFAULT-VALUE})."
      })
  private String form;

  @Option(names = "-v", description = "The whole story of each: all records, raw and decoded.")
  private boolean whole;

  @Option(
      names = "-n",
      paramLabel = "COUNT",
      description = "Of those that are there the last so many; then go on.")
  private Integer last;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description = "End before an instant, or so long ago; does not follow.")
  private String until;

  @Option(names = "--silenced", description = "Those alone that a silence or a baseline hides.")
  private boolean silenced;

  @Option(
      names = "-i",
      description = "On the whole terminal: move, open, filter, acknowledge, silence; ? for help.")
  private boolean interactive;

  @Mixin private AlertChoice wanted;
  @Mixin private Person person;
  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (interactive) {
      browse();
      return 0;
    }
    Terminal terminal = Terminal.standardOutput(System.getenv());
    AlertOutput output = output(terminal);
    AlertTail.Span span = span();
    PrintWriter out = spec.commandLine().getOut();
    try (AlertTail tail = new AlertTail(where.kafka(), where::now)) {
      AlertScreen screen =
          live(terminal) ? AlertScreen.live(out) : AlertScreen.plain(out, output, tail::close);
      tail.read(
          span,
          new AlertReader(
              wanted.test(output.people()),
              silenced(output),
              last,
              screen,
              new PrintWriter(System.err, true, StandardCharsets.UTF_8),
              InstantSource.system()));
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private void browse() throws InterruptedException {
    if (!form.equals("line") || whole || silenced) {
      throw new ParameterException(
          spec.commandLine(), "-i shows alerts its own way: leave out -o, -v and --silenced");
    }
    new InteractiveTail(where, person.name(), wanted.test(true), last).run(span());
  }

  /** Programs get one alert a match, whatever people silenced. */
  private AlertReader.Silenced silenced(AlertOutput output) {
    if (silenced) {
      return AlertReader.Silenced.ALONE;
    }
    return output.people() ? AlertReader.Silenced.HIDDEN : AlertReader.Silenced.SHOWN;
  }

  private boolean live(Terminal terminal) {
    return form.equals("line") && !whole && terminal.rows() > 0;
  }

  /** In a pipe there is no width to fit, and nothing is cut. */
  private AlertOutput output(Terminal terminal) {
    boolean line = form.equals("line");
    boolean pipe = terminal.rows() == 0 && !System.getenv().containsKey("COLUMNS");
    try {
      return AlertOutput.of(
          whole && (line || form.equals("pretty")) ? "whole" : line && pipe ? "wide" : form,
          terminal);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private AlertTail.Span span() {
    if (last != null && last < 1) {
      throw new ParameterException(spec.commandLine(), "-n " + last + " is no number from 1 on");
    }
    boolean goesOn = follow && until == null;
    boolean all = last != null || !goesOn;
    Instant begin = since != null ? moment("--since", since) : all ? Instant.MIN : Instant.MAX;
    return new AlertTail.Span(
        begin, until == null ? Instant.MAX : moment("--until", until), goesOn);
  }

  private Instant moment(String flag, String text) {
    try {
      return Moment.of(text, Instant.now());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), flag + " " + text + " is " + e.getMessage());
    }
  }
}
