package io.stridewatch.sink;

import io.stridewatch.Hidden;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import io.stridewatch.StoredAlert;
import io.stridewatch.sink.remote.Kind;
import io.stridewatch.sink.remote.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which sink, as people write it: {@code KIND[=ADDRESS]} or {@code NAME:KIND=ADDRESS}, such as
 * {@code file=/var/log/alerts.jsonl}, {@code soc:file=/srv/alerts.jsonl}, {@code terminal=json},
 * {@code soc:webhook=https://soc.example/alerts#bearer=/run/token}.
 *
 * @param name what settings, logs and the ledger call it; its progress is kept under this name
 * @param kind {@code file}, {@code terminal}, {@code kafka} or one whose target is a server
 * @param address what the kind needs; may be empty
 */
public record SinkAddress(String name, String kind, String address) {
  private static final Pattern FORM =
      Pattern.compile("(?:([A-Za-z0-9._-]{1,64}):)?([a-z]+)(?:=(.*))?", Pattern.DOTALL);

  /**
   * Reads one. Without a name it is called as it is written; a server without its path, query and
   * options, since those may be secrets.
   *
   * @throws IllegalArgumentException that says what is wrong with it and what would do
   */
  public static SinkAddress of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not a sink: write KIND[=ADDRESS] or NAME:KIND=ADDRESS, such as file=/path/alerts.jsonl");
    }
    String kind = form.group(2);
    String address = form.group(3) == null ? "" : form.group(3);
    Optional<Target> target = Kind.of(kind).map(remote -> remote.target(address));
    if (target.isEmpty()) {
      check(kind, address);
    }
    String usual = target.map(server -> kind + "=" + server.place()).orElse(bare(kind, text));
    return new SinkAddress(form.group(1) == null ? usual : form.group(1), kind, address);
  }

  private static String bare(String kind, String text) {
    return switch (kind) {
      case "kafka" -> text.split("#")[0];
      case "file" -> text.replaceFirst("#[a-z]+=[^#/]*$", "");
      default -> text;
    };
  }

  private static void check(String kind, String address) {
    switch (kind) {
      case "file" -> FileAddress.of(address);
      case "terminal" -> {
        if (!address.isEmpty() && !address.equals("pretty") && !address.equals("json")) {
          throw new IllegalArgumentException(
              "sink terminal is terminal, terminal=pretty or terminal=json");
        }
      }
      case "kafka" -> TopicAddress.of(address);
      default ->
          throw new IllegalArgumentException(
              "no sink is called '%s': use file=PATH, terminal, terminal=json, kafka=TOPIC, %s"
                  .formatted(kind, Kind.examples()));
    }
  }

  /** The topic that it writes to, of a sink of kind {@code kafka}, which this can't open. */
  public Optional<TopicAddress> topic() {
    return kind.equals("kafka") ? Optional.of(TopicAddress.of(address)) : Optional.empty();
  }

  /**
   * Opens it.
   *
   * @param least alerts of less severity are left out
   * @param out what a terminal sink writes to
   * @param terminal what that can show
   * @throws IOException that says what to do, when it can't be opened
   */
  public Sink open(Severity least, PrintStream out, Terminal terminal) throws IOException {
    return open(alert -> alert.severity().atLeast(least), alert -> Optional.empty(), out, terminal);
  }

  /**
   * Opens it for what is wanted and not hidden.
   *
   * @param wanted what is not is left out, and counts as told
   * @param hiding why alerts are left out that are wanted; they are counted
   * @throws IOException that says what to do, when it can't be opened
   */
  public Sink open(
      Predicate<StoredAlert> wanted,
      Function<StoredAlert, Optional<Hidden>> hiding,
      PrintStream out,
      Terminal terminal)
      throws IOException {
    Sink sink =
        switch (kind) {
          case "file" -> FileSink.open(name, FileAddress.of(address), InstantSource.system());
          case "terminal" ->
              address.equals("json")
                  ? TerminalSink.json(name, out)
                  : TerminalSink.pretty(name, out, terminal);
          default -> {
            Kind remote = Kind.of(kind).orElseThrow();
            yield remote.open(name, remote.target(address));
          }
        };
    return new Wanted(wanted, hiding, sink);
  }

  /** Without the address: it may hold what is not for logs. */
  @Override
  public String toString() {
    return name;
  }
}
