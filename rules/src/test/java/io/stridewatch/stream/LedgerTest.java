package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.RuleEngine.Counts;
import io.stridewatch.Source;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger(3);

  @Test
  void writesWhatChangedAndNothingElse() {
    ledger.entry("host", Source.DOCKER).event("c", 1);
    ledger.position(1);
    assertEquals("[3/docker/host, 3/partition]", drained().keySet().toString());
    ledger.position(2);
    assertEquals("[3/partition]", drained().keySet().toString());
  }

  @Test
  void isTheSameAfterItWasWrittenAndRead() throws Exception {
    LedgerEntry entry = ledger.entry("host", Source.AUDITD);
    entry.event("c", 1);
    entry.judged(5, new Counts(0, 0, 0, 0), new Counts(1, 0, 0, 0));
    entry.event("c", 4);
    entry.rejected("not JSON: string not closed at byte 312");
    entry.unwritten("too-large");
    entry.alerts(2);
    ledger.nextAlert();
    ledger.position(17);
    Map<String, String> written = drained();

    Ledger read = new Ledger(3);
    for (Map.Entry<String, String> line : written.entrySet()) {
      read.restore(Envelope.bytes(line.getKey()), Envelope.bytes(line.getValue()));
    }
    assertEquals(17, read.position());
    assertEquals(2, read.nextAlert());
    LedgerEntry again = read.entry("host", Source.AUDITD);
    assertEquals(written.get("3/auditd/host"), again.line());
    assertEquals(2, again.missingNumbers());
    assertEquals(Map.of("not JSON", 1L), again.rejected());
    assertEquals(0, again.difference());
  }

  @Test
  void anEventThatWentNowhereIsADifference() {
    LedgerEntry entry = ledger.entry("host", Source.DOCKER);
    entry.event("c", 1);
    assertEquals(1, entry.difference());
  }

  @Test
  void reasonsAreOfFewKinds() {
    LedgerEntry entry = ledger.entry("host", Source.DOCKER);
    for (int i = 0; i < 100; i++) {
      entry.rejected("kind " + i + ": here");
    }
    assertEquals(33, entry.rejected().size());
    assertEquals(68, entry.rejected().get("other"));
  }

  @Test
  void isAheadOfTheGroupThatItToldAndBelievesOneThatWasMoved() throws Exception {
    ledger.position(17);
    ledger.committed(17);
    ledger.position(19);
    String line = drained().get("3/partition");

    Ledger read = new Ledger(3);
    read.restore(Envelope.bytes("3/partition"), Envelope.bytes(line));
    assertEquals(19, read.next(17));
    assertEquals(19, read.next(-1));
    assertEquals(5, read.next(5));
    assertEquals(40, read.next(40));
  }

  @Test
  void believesTheGroupWhereAnOlderProgramWroteTheLedger() throws Exception {
    String line = "{\"format\":1,\"alerts\":2,\"next\":17,\"gone\":0}";
    ledger.restore(Envelope.bytes("3/partition"), Envelope.bytes(line));
    assertEquals(17, ledger.next(17));
    assertEquals(12, ledger.next(12));
  }

  @Test
  void refusesANewerFormat() {
    IllegalStateException told =
        assertThrows(
            IllegalStateException.class,
            () -> ledger.restore(Envelope.bytes("3/partition"), Envelope.bytes("{\"format\":3}")));
    assertEquals(
        "the ledger topic has format 3 and this program reads 2: use the newer program",
        told.getMessage());
  }

  private Map<String, String> drained() {
    Map<String, String> lines = new LinkedHashMap<>();
    ledger.drain(
        (key, value) ->
            lines.put(
                new String(key, StandardCharsets.UTF_8),
                new String(value, StandardCharsets.UTF_8)));
    return lines;
  }
}
