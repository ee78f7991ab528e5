package io.stridewatch.stream;

import static io.stridewatch.Hidden.ORDINARY;
import static io.stridewatch.Hidden.SILENCED;
import static io.stridewatch.stream.SinkCount.Fate.DEAD;
import static io.stridewatch.stream.SinkCount.Fate.DELIVERED;
import static io.stridewatch.stream.SinkCount.Fate.DIGESTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.stream.LedgerReading.SinkSum;
import io.stridewatch.stream.SinkCount.Fate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SinkCountTest {
  @Test
  void countsFromTheFirstAlertThatItMeets() {
    SinkCount count = SinkCount.NONE.done(11, DELIVERED).done(12, DEAD).done(13, DELIVERED);
    assertEquals(new SinkCount(10, 13, 2, 1, 0, 0, 0, 0, ""), count);
    assertEquals(count, SinkCount.read(count.text()));
  }

  @Test
  void whatWasToldInADigestIsToldAndCountedByItself() {
    SinkCount count = SinkCount.NONE.done(1, DELIVERED).done(2, DIGESTED).with("12:3");
    assertEquals(new SinkCount(0, 2, 2, 0, 0, 0, 0, 1, "12:3"), count);
    assertEquals(count, SinkCount.read(count.text()));
  }

  @Test
  void whatIsHiddenIsCountedByWhatHidIt() {
    SinkCount count = SinkCount.NONE.done(1, Fate.of(SILENCED)).done(2, Fate.of(ORDINARY));
    assertEquals(new SinkCount(0, 2, 0, 0, 0, 1, 1, 0, ""), count);
    assertEquals(0, LedgerReading.sum("file", count, Optional.empty(), 2).difference());
  }

  @Test
  void alertsThatRetentionDeletedAreGone() {
    assertEquals(
        new SinkCount(0, 9, 2, 0, 7, 0, 0, 0, ""),
        SinkCount.NONE.done(1, DELIVERED).done(9, DELIVERED));
  }

  @Test
  void metadataOfSomebodyElseCountsAsNone() {
    assertEquals(SinkCount.NONE, SinkCount.read(""));
    assertEquals(SinkCount.NONE, SinkCount.read(null));
    assertEquals(SinkCount.NONE, SinkCount.read("not JSON"));
  }

  @Test
  void alertsAreDeliveredDeadOrWaiting() {
    SinkCount count = SinkCount.NONE.done(11, DELIVERED).done(12, DEAD);
    SinkSum sum = LedgerReading.sum("file", count, Optional.of(13L), 20);
    assertEquals(new SinkSum("file", 10, 1, 1, 0, 8, 0, 0, 0), sum);
    assertEquals(0, sum.difference());
  }

  @Test
  void anAlertThatASinkNeverSawIsADifference() {
    SinkCount count = SinkCount.NONE.done(11, DELIVERED);
    assertEquals(1, LedgerReading.sum("file", count, Optional.of(13L), 13).difference());
  }

  @Test
  void aSinkThatMetNoAlertHasThoseThatWait() {
    assertEquals(
        new SinkSum("file", 2, 0, 0, 0, 2, 0, 0, 0),
        LedgerReading.sum("file", SinkCount.NONE, Optional.of(19L), 20));
    assertEquals(
        new SinkSum("file", 0, 0, 0, 0, 0, 0, 0, 0),
        LedgerReading.sum("file", SinkCount.NONE, Optional.empty(), 20));
  }
}
