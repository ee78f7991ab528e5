package io.stridewatch.rule;

import io.stridewatch.rule.EplReader.Kind;
import io.stridewatch.rule.EplReader.Token;
import io.stridewatch.rule.Logic.Detection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * What a rule says in EPL, Esper's language, of what its detection or its rules matched: one
 * expression that is true or not, made of nothing but the words of {@link EplReader}. Immutable.
 *
 * @param text as its author wrote it, on one line
 * @param tokens of the text
 * @param rules what {@code of('...')} names, by place; empty of a rule about one event
 * @param line of the rule's file
 */
public record EplExpression(String text, List<Token> tokens, List<List<String>> rules, int line)
    implements Condition {
  public EplExpression {
    tokens = List.copyOf(tokens);
    rules = List.copyOf(rules);
  }

  /** All that a rule has: at most one, unless filters take some out. */
  public static List<EplExpression> of(Logic logic) {
    if (logic instanceof Logic.Correlation correlation) {
      return correlation.epl() == null ? List.of() : List.of(correlation.epl());
    }
    return of(((Detection) logic).condition()).toList();
  }

  private static Stream<EplExpression> of(Condition condition) {
    if (condition instanceof And and) {
      return and.parts().stream().flatMap(EplExpression::of);
    }
    return condition instanceof EplExpression own ? Stream.of(own) : Stream.empty();
  }

  /** The detection and this: asked only of what it matches, so that other events cost nothing. */
  Detection asked(Detection detection) {
    Map<String, Condition> selections = new LinkedHashMap<>(detection.selections());
    selections.put("epl", this);
    return new Detection(
        Condition.all(List.of(detection.condition(), this)),
        "(" + detection.text() + ") and epl",
        selections);
  }

  /** The fields that it asks for. */
  Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isField()) {
        fields.add(tokens.get(i + 2).text());
      }
    }
    return fields;
  }

  /**
   * The expression as Esper reads it: our functions are told the property {@code event}, and {@code
   * of} the stream {@code match}. Written anew from the tokens, so that nothing else gets there.
   */
  public String epl() {
    StringJoiner epl = new StringJoiner(" ");
    for (Iterator<Token> all = tokens.iterator(); all.hasNext(); ) {
      Token token = all.next();
      if (token.isField()) {
        all.next();
        epl.add(token.text() + "(event,");
      } else if (token.isOf()) {
        all.next();
        epl.add("step(match, " + place(all.next().text()));
      } else {
        epl.add(constant(token));
      }
    }
    return epl.toString();
  }

  private static String constant(Token token) {
    boolean isLong = token.kind() == Kind.NUMBER && token.text().matches("\\d{10,}");
    return token.kind() == Kind.TEXT ? quote(token.text()) : token.text() + (isLong ? "L" : "");
  }

  private int place(String name) {
    int place = 0;
    while (!rules.get(place).contains(name)) {
      place++;
    }
    return place;
  }

  /** A string constant of EPL: its escapes are Java's. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    for (char c : text.toCharArray()) {
      if (c == '\'' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('\'').toString();
  }
}
