package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import org.junit.jupiter.api.Test;

class NumbersTest {
  private final Numbers numbers = new Numbers();

  @Test
  void eachScopeAndSourceCountsFromOne() {
    assertEquals(1, numbers.next(Records.docker("a", "")));
    assertEquals(2, numbers.next(Records.docker("b", "")));
    assertEquals(1, numbers.next(Pipeline.tick(0, Records.TIME)));
    assertEquals(2, numbers.last("host", Source.DOCKER));
    assertEquals(0, numbers.last("other", Source.DOCKER));
  }

  @Test
  void aRecordThatFailedHasItsNumberAgainAndNoOtherHas() {
    SourceRecord failed = Records.docker("a", "");
    numbers.failed(failed, numbers.next(failed));
    assertEquals(2, numbers.next(Records.docker("b", "")));
    assertEquals(1, numbers.next(Records.docker("a", "")));
    assertEquals(3, numbers.next(Records.docker("a", "")));
  }
}
