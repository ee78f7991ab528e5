package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkAddressTest {

  @Test
  void isCalledAsWrittenWithoutAName() {
    assertEquals(new SinkAddress("file=/a:b=c", "file", "/a:b=c"), SinkAddress.of("file=/a:b=c"));
    assertEquals(new SinkAddress("terminal", "terminal", ""), SinkAddress.of("terminal"));
  }

  @Test
  void takesANameBeforeTheKind() {
    assertEquals(new SinkAddress("soc", "file", "/x"), SinkAddress.of("soc:file=/x"));
  }

  @Test
  void saysWhatWouldDo() {
    for (String wrong : List.of("", "fil=/x", "file", "file=", "terminal=blue", "FILE=/x", "=x")) {
      var e = assertThrows(IllegalArgumentException.class, () -> SinkAddress.of(wrong), wrong);
      assertTrue(e.getMessage().contains("file=") || e.getMessage().contains("terminal="), wrong);
    }
  }

  @Test
  void leavesOutWhatIsLessSevere() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Terminal plain = new Terminal(80, false);
    try (Sink sink = SinkAddress.of("terminal").open(Severity.LOW, new PrintStream(bytes), plain)) {
      sink.deliver(SampleAlerts.alert("0".repeat(32), Severity.INFO, List.of(), "quiet"));
      sink.deliver(SampleAlerts.alert("1".repeat(32), Severity.LOW, List.of(), "loud"));
    }
    assertTrue(bytes.toString().contains("loud"));
    assertTrue(!bytes.toString().contains("quiet"));
  }
}
