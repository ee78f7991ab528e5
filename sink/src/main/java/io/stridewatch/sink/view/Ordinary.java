package io.stridewatch.sink.view;

import io.stridewatch.JsonLine;
import io.stridewatch.Sha256;
import io.stridewatch.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a baseline's list: what is ordinary in a scope.
 *
 * @param baseline its id
 * @param values as {@link Baseline#values} gives them
 * @param alerts how many it was learned from; 0 where a person added it
 * @param first time of the oldest of them, or when it was added
 * @param last time of the newest of them
 * @param removed whether a person took it off the list; learning does not put it back
 */
public record Ordinary(
    String baseline,
    String scope,
    List<String> values,
    long alerts,
    Instant first,
    Instant last,
    boolean removed)
    implements View {

  /** The list is copied; texts are bounded. */
  public Ordinary {
    if (!baseline.matches("[0-9a-f]{8}")) {
      throw new IllegalArgumentException("'" + baseline + "' is no baseline's id");
    }
    values = List.copyOf(values);
    View.bounded("a scope", scope);
    View.bounded("what is ordinary", String.join("", values));
  }

  /** The same, off the list. */
  public Ordinary takenOff() {
    return new Ordinary(baseline, scope, values, alerts, first, last, true);
  }

  /** By which people name it: 8 hex digits. */
  public String id() {
    return hash(scope, values).substring(0, 8);
  }

  @Override
  public String key() {
    return key(baseline, scope, values);
  }

  /** The key under which such an entry stands. */
  static String key(String baseline, String scope, List<String> values) {
    return "ordinary/" + baseline + "/" + hash(scope, values);
  }

  static String hash(String scope, List<String> values) {
    List<String> parts = new ArrayList<>(List.of(scope));
    parts.addAll(values);
    return Sha256.hex(String.join("\0", parts).getBytes(StandardCharsets.UTF_8), 32);
  }

  @Override
  public String line() {
    JsonLine line = View.begin("ordinary").key("baseline").text(baseline);
    line.key("scope").text(scope).key("values").texts(values).key("alerts").number(alerts);
    line.key("first").text(Times.text(first)).key("last").text(Times.text(last));
    return line.key("removed").bool(removed).close('}').toString();
  }
}
