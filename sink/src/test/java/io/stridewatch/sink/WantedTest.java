package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Alert;
import io.stridewatch.Hidden;
import io.stridewatch.Receipt;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WantedTest {
  private final List<String> told = new ArrayList<>();
  private final Sink sink = severe(alert -> Optional.empty());

  private Sink severe(Function<StoredAlert, Optional<Hidden>> hiding) {
    return new Wanted(alert -> alert.severity().atLeast(Severity.MEDIUM), hiding, new Choosy());
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

  private static List<StoredAlert> alerts(String... summaries) {
    List<StoredAlert> alerts = new ArrayList<>();
    for (String summary : summaries) {
      Severity severity = summary.equals("little") ? Severity.LOW : Severity.HIGH;
      alerts.add(StoredAlert.of(SampleAlerts.alert("0".repeat(32), severity, List.of(), summary)));
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
  void countsWhatIsHiddenByWhatHidIt() {
    Map<String, Hidden> known = Map.of("known", Hidden.SILENCED, "usual", Hidden.ORDINARY);
    Sink heard = severe(alert -> Optional.ofNullable(known.get(alert.alert().summary())));
    Receipt receipt = heard.deliver(alerts("little", "known", "a", "usual", "refuse", "known"));
    assertEquals(6, receipt.done());
    assertEquals(
        Map.of(1, Hidden.SILENCED, 3, Hidden.ORDINARY, 5, Hidden.SILENCED), receipt.hidden());
    assertEquals(Set.of(4), receipt.refused().keySet());
    assertEquals(Set.of(0), heard.deliver(alerts("known", "wait", "known")).hidden().keySet());
    assertEquals(Set.of(0, 1), heard.deliver(alerts("known", "usual")).hidden().keySet());
    assertEquals(List.of("a"), told);
  }
}
