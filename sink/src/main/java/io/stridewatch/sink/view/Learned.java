package io.stridewatch.sink.view;

import io.stridewatch.JsonLine;
import io.stridewatch.sink.Columns;
import java.util.List;

/**
 * A baseline has learned what is ordinary in a scope: its entries stand there, and are people's to
 * edit from now on.
 *
 * @param baseline its id
 * @param alerts how many it looked at
 * @param entries how many came of them
 * @param refused alerts from which it did not learn: by who did it, or since there were too many
 */
public record Learned(String baseline, String scope, long alerts, long entries, long refused)
    implements View {

  /** In all scopes: there is nothing left to learn. */
  public static Learned everywhere(String baseline) {
    return new Learned(baseline, "", 0, 0, 0);
  }

  /** Whether it is about all scopes. */
  boolean everywhere() {
    return scope.isEmpty();
  }

  @Override
  public String key() {
    return key(baseline, scope);
  }

  static String key(String baseline, String scope) {
    return "learned/" + baseline + "/" + Ordinary.hash(scope, List.of());
  }

  @Override
  public String line() {
    JsonLine line = View.begin("learned").key("baseline").text(baseline).key("scope").text(scope);
    line.key("alerts").number(alerts).key("entries").number(entries);
    return line.key("refused").number(refused).close('}').toString();
  }

  /** One line for people, in which nothing can move a cursor. */
  public String told() {
    return "%s: %d ordinary, of %d alerts; not of %d, for who did them or their number"
        .formatted(Columns.shown(scope, LONGEST), entries, alerts, refused);
  }
}
