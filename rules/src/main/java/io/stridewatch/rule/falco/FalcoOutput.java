package io.stridewatch.rule.falco;

import io.stridewatch.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an alert of one of Falco's rules says as Falco says it: uncut, and with its fields.
 *
 * @param priority as Falco writes it: {@code Warning}
 * @param template of ours, of which each field stands in {@code shown(...)}
 * @param fields that it names
 */
public record FalcoOutput(String priority, String template, List<Field> fields) {
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]+)}");

  /** The list is copied. */
  public FalcoOutput {
    fields = List.copyOf(fields);
  }

  /**
   * A field of an output.
   *
   * @param written as the rule has it
   * @param name by which an event knows it
   * @param list whether its values are told as a list, or its one value as text
   */
  public record Field(String written, String name, boolean list) {}

  /** The text; {@code <NA>} for what the event lacks. */
  public String text(Fields event) {
    return BRACES
        .matcher(template)
        .replaceAll(
            match -> Matcher.quoteReplacement(String.join("", event.values(match.group(1)))));
  }

  /** Each field as it is written: a text, a list of texts, or null where the event lacks it. */
  public Map<String, Object> values(Fields event) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : fields) {
      List<String> have = event.values(field.name());
      values.put(field.written(), have.isEmpty() ? null : field.list() ? have : have.get(0));
    }
    return values;
  }
}
