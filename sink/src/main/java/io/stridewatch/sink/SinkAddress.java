package io.stridewatch.sink;

import io.stridewatch.Severity;
import io.stridewatch.Sink;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which sink, as people write it: {@code KIND[=ADDRESS]} or {@code NAME:KIND=ADDRESS}, such as
 * {@code file=/var/log/alerts.jsonl}, {@code soc:file=/srv/alerts.jsonl}, {@code terminal=json}.
 *
 * @param name what settings, logs and the ledger call it; its progress is kept under this name
 * @param kind {@code file} or {@code terminal}
 * @param address what the kind needs; may be empty
 */
public record SinkAddress(String name, String kind, String address) {
  private static final Pattern FORM =
      Pattern.compile("(?:([A-Za-z0-9._-]{1,64}):)?([a-z]+)(?:=(.*))?", Pattern.DOTALL);

  /**
   * Reads one. Without a name it is called as it is written.
   *
   * @throws IllegalArgumentException that says what is wrong with it and what would do
   */
  public static SinkAddress of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not a sink: write KIND[=ADDRESS] or NAME:KIND=ADDRESS, such as file=/path/alerts.jsonl");
    }
    String address = form.group(3) == null ? "" : form.group(3);
    check(form.group(2), address);
    String name = form.group(1) == null ? text : form.group(1);
    return new SinkAddress(name, form.group(2), address);
  }

  private static void check(String kind, String address) {
    switch (kind) {
      case "file" -> {
        if (address.isEmpty()) {
          throw new IllegalArgumentException("sink file needs a path: file=/path/alerts.jsonl");
        }
        Path.of(address);
      }
      case "terminal" -> {
        if (!address.isEmpty() && !address.equals("pretty") && !address.equals("json")) {
          throw new IllegalArgumentException(
              "sink terminal is terminal, terminal=pretty or terminal=json");
        }
      }
      default ->
          throw new IllegalArgumentException(
              "no sink is called '" + kind + "': use file=PATH, terminal or terminal=json");
    }
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
    Sink sink =
        switch (kind) {
          case "file" -> FileSink.open(name, Path.of(address));
          case "terminal" ->
              address.equals("json")
                  ? TerminalSink.json(name, out)
                  : TerminalSink.pretty(name, out, terminal);
          default -> throw new IllegalStateException(kind);
        };
    return new LeastSeverity(least, sink);
  }
}
