package io.stridewatch.sink.filter;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a filter as people type it: {@code severity>=high and (user~alice or not scope=vm1)}. A
 * comparison is a field, one of {@code = != ~ !~ > >= < <=} and a word or a text in double quotes;
 * {@code ~} is contains, letters' case does not matter, {@code and} binds closer than {@code or}.
 * Only severity, time and count have an order. A field of several values is equal, or contains,
 * when one of them does.
 */
public final class AlertFilter {
  private static final int DEEPEST = 100;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\\(|\\)|!=|!~|>=|<=|[=~><])|\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s()=!~<>\"]++))");

  private final String text;
  private final Matcher tokens;
  private int end;
  private int depth;

  private AlertFilter(String text) {
    this.text = text;
    this.tokens = TOKEN.matcher(text);
  }

  /**
   * Which alerts the filter wants.
   *
   * @throws FilterFaultException that points at what is wrong
   */
  public static Predicate<Alert> of(String text) {
    AlertFilter filter = new AlertFilter(text);
    filter.next();
    Predicate<Alert> wanted = filter.either();
    if (!filter.ended()) {
      throw filter.fault("'and' or 'or' is missing");
    }
    return wanted;
  }

  private boolean ended() {
    return end < 0;
  }

  /** On to the next token; behind the last one {@code end} is -1. */
  private void next() {
    if (text.substring(end).isBlank()) {
      end = -1;
      return;
    }
    tokens.region(end, text.length());
    if (!tokens.lookingAt()) {
      int at = end;
      while (Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      boolean quote = text.charAt(at) == '"';
      throw new FilterFaultException(
          text,
          at,
          quote ? "this quote has no end" : "nothing begins with '" + text.charAt(at) + "'");
    }
    end = tokens.end();
  }

  private FilterFaultException fault(String what) {
    return new FilterFaultException(text, ended() ? text.length() : at(), what);
  }

  /** Where the token begins. */
  private int at() {
    for (int group = 1; group <= 3; group++) {
      if (tokens.group(group) != null) {
        return tokens.start(group) - (group == 2 ? 1 : 0);
      }
    }
    return tokens.start();
  }

  private boolean take(String word) {
    boolean here =
        !ended() && word.equals(tokens.group(word.equals("(") || word.equals(")") ? 1 : 3));
    if (here) {
      next();
    }
    return here;
  }

  private Predicate<Alert> either() {
    Predicate<Alert> wanted = both();
    while (take("or")) {
      wanted = wanted.or(both());
    }
    return wanted;
  }

  private Predicate<Alert> both() {
    Predicate<Alert> wanted = one();
    while (take("and")) {
      wanted = wanted.and(one());
    }
    return wanted;
  }

  private Predicate<Alert> one() {
    if (++depth > DEEPEST) {
      throw fault("this is nested too deep");
    }
    Predicate<Alert> wanted;
    if (take("not")) {
      wanted = one().negate();
    } else if (take("(")) {
      wanted = either();
      if (!take(")")) {
        throw fault("')' is missing");
      }
    } else {
      wanted = comparison();
    }
    depth--;
    return wanted;
  }

  private Predicate<Alert> comparison() {
    if (ended() || tokens.group(3) == null) {
      throw fault("a field is missing: " + AlertField.names());
    }
    String name = tokens.group(3);
    AlertField field =
        AlertField.of(name)
            .orElseThrow(() -> fault("no field is called '" + name + "': " + AlertField.names()));
    next();
    if (ended() || tokens.group(1) == null || tokens.group(1).matches("[()]")) {
      throw fault("one of = != ~ !~ > >= < <= is missing");
    }
    String how = tokens.group(1);
    int where = at();
    next();
    if (ended() || tokens.group(1) != null) {
      throw fault("a value is missing");
    }
    Predicate<Alert> wanted = comparison(field, how, where);
    next();
    return wanted;
  }

  private Predicate<Alert> comparison(AlertField field, String how, int where) {
    String value =
        tokens.group(3) != null ? tokens.group(3) : tokens.group(2).replaceAll("\\\\(.)", "$1");
    String low = value.toLowerCase(Locale.ROOT);
    return switch (how) {
      case "=" -> any(field, each(field, low)::equals);
      case "!=" -> any(field, each(field, low)::equals).negate();
      case "~" -> any(field, text -> text.contains(low));
      case "!~" -> any(field, text -> text.contains(low)).negate();
      default -> ordered(field, how, where, low);
    };
  }

  private static Predicate<Alert> any(AlertField field, Predicate<String> matches) {
    return alert ->
        field.values().apply(alert).stream()
            .map(value -> value.toLowerCase(Locale.ROOT))
            .anyMatch(matches);
  }

  /** A severity that there is none of is a slip of the finger. */
  private String each(AlertField field, String value) {
    if (field.name().equals("severity")) {
      severity(value);
    }
    return value;
  }

  private Severity severity(String value) {
    try {
      return Severity.of(value);
    } catch (IllegalArgumentException e) {
      throw fault(e.getMessage());
    }
  }

  private Predicate<Alert> ordered(AlertField field, String how, int where, String value) {
    IntPredicate holds = sign(how);
    switch (field.name()) {
      case "severity":
        Severity bound = severity(value);
        return alert -> holds.test(bound.compareTo(alert.severity()) * worst());
      case "count":
        long number = number(value);
        return alert -> holds.test(Long.compare(alert.count(), number));
      case "time":
        return alert ->
            holds.test(
                field.values().apply(alert).get(0).compareTo(value.toUpperCase(Locale.ROOT)));
      default:
        throw new FilterFaultException(
            text, where, field.name() + " has no order: use = != ~ or !~");
    }
  }

  /** 1 where the enum begins with the worst, else -1. */
  private static int worst() {
    return Severity.CRITICAL.compareTo(Severity.INFO) < 0 ? 1 : -1;
  }

  private long number(String value) {
    if (!value.matches("[0-9]{1,18}")) {
      throw fault("count is compared with a whole number");
    }
    return Long.parseLong(value);
  }

  private static IntPredicate sign(String how) {
    return switch (how) {
      case ">" -> order -> order > 0;
      case ">=" -> order -> order >= 0;
      case "<" -> order -> order < 0;
      default -> order -> order <= 0;
    };
  }
}
