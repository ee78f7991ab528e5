package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.sink.filter.AlertField;
import io.stridewatch.sink.form.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a command prints alerts: {@code line wide pretty json csv logfmt template=TEXT} or one of the
 * forms for other tools. In all of them control and direction characters are escaped, so that no
 * alert can move a cursor or begin a line.
 *
 * @param header printed once, with its newline; empty where there is none
 * @param text an alert, with its newline
 * @param people whether people read it, who leave out {@code info} unless they ask
 */
public record AlertOutput(String header, Function<Alert, String> text, boolean people) {
  private static final List<String> COLUMNS =
      List.of(
          "time",
          "severity",
          "stride",
          "scope",
          "rule",
          "summary",
          "user",
          "target",
          "count",
          "id");
  private static final Pattern FIELD = Pattern.compile("\\{([a-zA-Z.]+)\\}");
  private static final int LONGEST = 100_000;

  /**
   * The output of that name.
   *
   * @throws IllegalArgumentException that lists the names, when there is none such
   */
  public static AlertOutput of(String name, Terminal terminal) {
    if (name.startsWith("template=")) {
      return lines("", template(name.substring(9)));
    }
    return switch (name) {
      case "pretty" -> new AlertOutput("", new PrettyAlert(terminal)::text, true);
      case "whole" -> new AlertOutput("", new WholeAlert(terminal)::text, true);
      case "line" -> new AlertOutput("", line(terminal), true);
      case "wide" -> new AlertOutput("", alert -> AlertLine.wide(alert) + "\n", true);
      case "json" -> lines("", AlertJson::line);
      case "csv" -> lines(String.join(",", COLUMNS) + "\r\n", alert -> csv(alert) + "\r");
      case "logfmt" -> lines("", AlertOutput::logfmt);
      case "ecs", "ocsf", "cef", "leef", "falco" -> lines("", Form.of(name)::line);
      default ->
          throw new IllegalArgumentException(
              "no output is called '"
                  + name
                  + "': use line, wide, pretty, json, csv, logfmt, template=TEXT with {field}s, ecs, ocsf,"
                  + " cef, leef, falco");
    };
  }

  private static Function<Alert, String> line(Terminal terminal) {
    AlertLine line = new AlertLine(terminal);
    return alert -> line.text(new Repeated(alert)) + "\n";
  }

  private static AlertOutput lines(String header, Function<Alert, String> line) {
    return new AlertOutput(header, line.andThen(text -> text + "\n"), false);
  }

  /**
   * RFC 4180, each value quoted. One that a spreadsheet would take for a formula begins with an
   * apostrophe.
   */
  private static String csv(Alert alert) {
    return COLUMNS.stream()
        .map(column -> value(column, alert))
        .map(value -> value.matches("(?s)[=+@-].*") ? "'" + value : value)
        .map(value -> '"' + value.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(","));
  }

  private static String logfmt(Alert alert) {
    return COLUMNS.stream()
        .map(column -> column + "=" + quoted(value(column, alert)))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String value) {
    return value.matches("[^\\s\"=\\\\]+")
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String value(String field, Alert alert) {
    return shown(AlertField.of(field).orElseThrow(), alert);
  }

  private static String shown(AlertField field, Alert alert) {
    return Columns.shown(String.join(", ", field.values().apply(alert)), LONGEST);
  }

  private static Function<Alert, String> template(String text) {
    List<Function<Alert, String>> parts = new ArrayList<>();
    Matcher braces = FIELD.matcher(text);
    int plain = 0;
    while (braces.find()) {
      String before = text.substring(plain, braces.start());
      Optional<AlertField> field = AlertField.of(braces.group(1));
      if (field.isEmpty()) {
        throw new IllegalArgumentException(
            "template, column %d: no field is called '%s': %s"
                .formatted(braces.start() + 1, braces.group(1), AlertField.names()));
      }
      parts.add(alert -> before + shown(field.get(), alert));
      plain = braces.end();
    }
    String rest = text.substring(plain);
    return alert ->
        parts.stream().map(part -> part.apply(alert)).collect(Collectors.joining()) + rest;
  }
}
