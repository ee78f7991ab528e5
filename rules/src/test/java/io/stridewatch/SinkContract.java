package io.stridewatch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every sink promises to the Reader that calls it. */
public interface SinkContract {

  /** A sink that tells whatever {@link #told} looks at; called once a test. */
  Sink sink() throws IOException;

  /** The texts told so far, each containing the summaries of its alerts, in order. */
  String told() throws IOException;

  @Test
  default void hasAName() throws IOException {
    try (Sink sink = sink()) {
      assertFalse(sink.name().isBlank());
    }
  }

  @Test
  default void hasToldAnAlertWhenDeliverReturns() throws IOException {
    try (Sink sink = sink()) {
      sink.deliver(SampleAlerts.numbered(7));
      assertEquals(List.of("alert number 7"), summaries());
    }
  }

  @Test
  default void keepsTheOrderInWhichAlertsWereDelivered() throws IOException {
    try (Sink sink = sink()) {
      for (int number = 0; number < 50; number++) {
        sink.deliver(SampleAlerts.numbered(number));
      }
    }
    assertEquals(IntStream.range(0, 50).mapToObj(n -> "alert number " + n).toList(), summaries());
  }

  @Test
  default void tellsABatchInItsOrderAndSaysThatAllOfItIsDone() throws IOException {
    List<StoredAlert> alerts = SampleAlerts.stored(10);
    try (Sink sink = sink()) {
      assertEquals(Receipt.all(10), sink.deliver(alerts));
    }
    assertEquals(alerts.stream().map(stored -> stored.alert().summary()).toList(), summaries());
  }

  @Test
  default void passesNoControlCharacterOfAnAlertOn() throws IOException {
    try (Sink sink = sink()) {
      String hostile = "x\u001b[2Jy\rz\u202e\u0007\u009b1A";
      sink.deliver(SampleAlerts.alert("f".repeat(32), Severity.HIGH, List.of(), hostile));
    }
    String text = told().replace("\n", "");
    assertFalse(text.chars().anyMatch(c -> JsonLine.escaped((char) c)), text);
  }

  @Test
  default void closesTwice() throws IOException {
    Sink sink = sink();
    sink.close();
    assertDoesNotThrow(sink::close);
  }

  private List<String> summaries() throws IOException {
    return told().lines().flatMap(SinkContract::summary).toList();
  }

  private static Stream<String> summary(String line) {
    var number = Pattern.compile("alert number [0-9]+").matcher(line);
    return number.find() ? Stream.of(number.group()) : Stream.of();
  }
}
