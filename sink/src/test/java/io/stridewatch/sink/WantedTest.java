package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Alert;
import io.stridewatch.Receipt;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WantedTest {
  private final List<String> told = new ArrayList<>();
  private final Sink sink = severe(new Choosy());

  private static Sink severe(Sink sink) {
    return new Wanted(alert -> alert.severity().atLeast(Severity.MEDIUM), false, sink);
  }

  /** Refuses what is called so, and waits at what is called so. */
  private final class Choosy implements Sink {
    @Override
    public String name() {
      return "choosy";
    }

    @Override
    public void deliver(Alert alert) throws IOException {
      if (alert.summary().equals("wait")) {
        throw new IOException("wait");
      }
      if (alert.summary().equals("refuse")) {
        throw new IllegalArgumentException("refuse");
      }
      told.add(alert.summary());
    }

    @Override
    public void close() {}
  }

  private static List<Alert> alerts(String... summaries) {
    List<Alert> alerts = new ArrayList<>();
    for (String summary : summaries) {
      Severity severity = summary.equals("little") ? Severity.LOW : Severity.HIGH;
      alerts.add(SampleAlerts.alert("0".repeat(32), severity, List.of(), summary));
    }
    return alerts;
  }

  @Test
  void leavesOutWhatIsLessSevereAndCountsItAsDone() {
    assertEquals(Receipt.all(3), sink.deliver(alerts("little", "a", "little")));
    assertEquals(Receipt.all(1), sink.deliver(alerts("little")));
    assertEquals(List.of("a"), told);
  }

  @Test
  void namesTheRefusedByTheirPlaceInTheWholeBatch() {
    Receipt receipt = sink.deliver(alerts("little", "a", "little", "refuse", "b"));
    assertEquals(5, receipt.done());
    assertEquals(Set.of(3), receipt.refused().keySet());
  }

  @Test
  void whatStandsBeforeTheOneThatMustWaitIsDone() {
    assertEquals(3, sink.deliver(alerts("a", "little", "little", "wait", "b")).done());
    assertEquals(1, sink.deliver(alerts("little", "wait", "b")).done());
    assertEquals(0, sink.deliver(alerts("wait", "little")).done());
    assertEquals(List.of("a"), told);
  }

  @Test
  void countsWhatWasSilencedByItself() {
    Sink heard = severe(Wanted.unsilenced(alert -> alert.summary().equals("known"), new Choosy()));
    Receipt receipt = heard.deliver(alerts("little", "known", "a", "known", "refuse", "known"));
    assertEquals(6, receipt.done());
    assertEquals(Set.of(1, 3, 5), receipt.silenced());
    assertEquals(Set.of(4), receipt.refused().keySet());
    assertEquals(Set.of(0), heard.deliver(alerts("known", "wait", "known")).silenced());
    assertEquals(Set.of(0, 1), heard.deliver(alerts("known", "known")).silenced());
    assertEquals(List.of("a"), told);
  }
}
