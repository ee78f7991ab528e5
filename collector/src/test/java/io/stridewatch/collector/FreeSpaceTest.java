package io.stridewatch.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.Emitter;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.Rejected;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {
  private static final SourceRecord RECORD =
      new SourceRecord(
          Source.DOCKER, "", "1", "t", Instant.EPOCH, "text/plain", "lab", new byte[] {1});

  private final MemoryEmitter emitter = new MemoryEmitter();
  private long free;

  @Test
  void keepsNothingWhileTheDiskHasTooLittleRoomAndGoesOnByItself() throws Exception {
    FreeSpace space = new FreeSpace(() -> free, 100);
    Emitter guarded = space.before(emitter);
    free = 99;
    assertThrows(IOException.class, () -> guarded.emit(List.of(RECORD)));
    assertThrows(IOException.class, () -> guarded.reject(new Rejected(RECORD, "broken")));
    assertEquals(
        "the disk of --data has 99 bytes free, less than --min-free (100)", space.trouble());
    free = 100;
    assertNull(space.trouble());
    guarded.emit(List.of(RECORD));
    assertEquals(1, emitter.records().size());
    assertEquals(0, emitter.rejected().size());
  }
}
