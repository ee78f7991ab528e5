package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many alerts in few lines: repeated ones are one line, the worst come first. It tells 10,000
 * stories apart and counts the rest. Not thread-safe.
 */
public final class Stories {
  private static final int MOST = 10_000;
  private static final Comparator<Repeated> WORST =
      Comparator.<Repeated, Severity>comparing(story -> story.newest().severity())
          .thenComparing(Repeated::times, Comparator.reverseOrder())
          .thenComparing(Repeated::first);

  private final Map<Repeated.Key, Repeated> stories = new LinkedHashMap<>();
  private long alerts;

  /** One more. */
  public void add(Alert alert) {
    alerts++;
    Repeated.Key key = Repeated.Key.of(alert);
    Repeated story = stories.get(key);
    if (story != null) {
      story.add(alert);
    } else if (stories.size() < MOST) {
      stories.put(key, new Repeated(alert));
    }
  }

  /** How many alerts these are. */
  public long alerts() {
    return alerts;
  }

  /** A line each, the worst and most frequent first; what is more is counted in the last line. */
  public List<String> lines(Terminal terminal, int most) {
    AlertLine form = new AlertLine(terminal);
    List<Repeated> worst = stories.values().stream().sorted(WORST).toList();
    List<String> lines = new ArrayList<>(worst.stream().limit(most).map(form::text).toList());
    if (worst.size() > most) {
      lines.add("and " + (worst.size() - most) + " more");
    }
    return lines;
  }
}
