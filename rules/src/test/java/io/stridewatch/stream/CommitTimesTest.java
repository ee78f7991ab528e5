package io.stridewatch.stream;

import static io.stridewatch.stream.CommitTimes.Due.COMMIT;
import static io.stridewatch.stream.CommitTimes.Due.COMMIT_AND_TELL;
import static io.stridewatch.stream.CommitTimes.Due.NOTHING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommitTimesTest {
  private final CommitTimes times = new CommitTimes();

  private static long ms(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void anAlertIsNotKeptWaiting() {
    times.taken(ms(1));
    assertEquals(NOTHING, times.due(ms(1), false));
    times.alerted();
    assertEquals(0, times.left(ms(1)));
    assertEquals(COMMIT, times.due(ms(1), false));
  }

  @Test
  void whatWaitsAlreadyGoesIntoTheSameTransactionForATenthOfASecond() {
    times.taken(0);
    times.alerted();
    assertEquals(NOTHING, times.due(ms(99), true));
    assertEquals(COMMIT_AND_TELL, times.due(ms(100), true));
  }

  @Test
  void withoutAlertsATenthOfASecondIsCommittedAndTold() {
    times.taken(0);
    assertEquals(ms(40), times.left(ms(60)));
    assertEquals(NOTHING, times.due(ms(60), false));
    assertEquals(COMMIT_AND_TELL, times.due(ms(100), false));
  }

  @Test
  void theGroupIsToldWithFewOfManyAlerts() {
    int told = 0;
    for (long now = 0; now < 10_000; now += 10) {
      assertEquals(NOTHING, times.due(ms(now), false));
      times.taken(ms(now));
      times.alerted();
      if (times.due(ms(now + 1), false) == COMMIT_AND_TELL) {
        times.committedAndTold();
        told++;
      } else {
        times.committed();
      }
    }
    assertTrue(told >= 45 && told <= 50, "told " + told + " times in 10 s");
  }

  @Test
  void theGroupIsToldThoughNothingMoreComes() {
    times.taken(0);
    times.alerted();
    times.committed();
    assertTrue(times.untold());
    assertEquals(ms(250), times.left(ms(50)));
    assertEquals(NOTHING, times.due(ms(299), false));
    assertEquals(COMMIT_AND_TELL, times.due(ms(300), false));
    times.committedAndTold();
    assertEquals(NOTHING, times.due(ms(10_000), false));
  }
}
