package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sigma's {@code windash} (modifiers appendix 2.1): each dash that begins a word, as any of five
 * characters, in every combination. Bound: four dashes in a value, 625 forms.
 */
final class Dashes {
  private static final String ALL = "-/\u2013\u2014\u2015";
  private static final int MOST = 4;
  private static final Pattern DASH =
      Pattern.compile("(?<!\\w)[" + ALL + "](?=\\w)", Pattern.UNICODE_CHARACTER_CLASS);

  private Dashes() {}

  /** The forms of a value; the value itself is one of them. */
  static List<String> of(String value, int line) {
    List<String> forms = List.of("");
    Matcher dash = DASH.matcher(value);
    int from = 0;
    int dashes = 0;
    while (dash.find()) {
      if (++dashes > MOST) {
        throw new UnreadableRuleException(
            line, "windash: '" + value + "' has more than " + MOST + " dashes: write it in parts");
      }
      forms = followed(forms, value.substring(from, dash.start()));
      from = dash.end();
    }
    String rest = value.substring(from);
    return forms.stream().map(form -> form + rest).toList();
  }

  private static List<String> followed(List<String> forms, String text) {
    List<String> followed = new ArrayList<>();
    for (String form : forms) {
      ALL.chars().forEach(dash -> followed.add(form + text + (char) dash));
    }
    return followed;
  }
}
