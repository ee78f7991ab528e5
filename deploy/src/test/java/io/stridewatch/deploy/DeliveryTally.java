package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AlertLike;
import io.stridewatch.SampleAlerts;
import java.util.Arrays;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of some numbered alerts a target was told. Thread-safe. */
final class DeliveryTally {
  static final int SCOPES = 50;
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{32})\"");

  private final int alerts;
  private final BitSet told = new BitSet();
  private final int[] last = new int[SCOPES];
  private long twice;
  private long disordered;

  DeliveryTally(int alerts) {
    this.alerts = alerts;
    Arrays.fill(last, -1);
  }

  /** The alert of that number, in one of the scopes. */
  static Alert alert(int number) {
    Alert sample = SampleAlerts.numbered(number);
    return AlertLike.of(sample).at(sample.time(), "scope" + number % SCOPES).alert();
  }

  /** Whether the text tells an alert for the first time. */
  synchronized boolean see(CharSequence text) {
    Matcher id = ID.matcher(text);
    if (!id.find()) {
      throw new IllegalArgumentException("no alert: " + text);
    }
    int number = Integer.parseInt(id.group(1), 16);
    if (told.get(number)) {
      twice++;
      return false;
    }
    told.set(number);
    disordered += last[number % SCOPES] > number ? 1 : 0;
    last[number % SCOPES] = number;
    return true;
  }

  /** The same where a repeat is known as one by its id. */
  synchronized boolean fresh(CharSequence text) {
    long before = twice;
    boolean fresh = see(text);
    twice = before;
    return fresh;
  }

  synchronized long missing() {
    return alerts - told.cardinality();
  }

  synchronized long twice() {
    return twice;
  }

  /** How many came after a younger one of their scope. */
  synchronized long disordered() {
    return disordered;
  }
}
