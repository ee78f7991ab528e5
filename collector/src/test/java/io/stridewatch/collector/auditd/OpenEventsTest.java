package io.stridewatch.collector.auditd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.collector.Position;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OpenEventsTest {
  private final OpenEvents open = new OpenEvents();
  private long offset;

  @Test
  void isSafeUpToTheFirstEventThatIsOpen() {
    read("type=SYSCALL msg=audit(1.000:5): syscall=59");
    read("type=SYSCALL msg=audit(1.000:6): syscall=59");
    read("type=CWD msg=audit(1.000:5): cwd=\"/\"");
    assertEquals(0, open.safe().offset());
    open.closed(bytes("type=SYSCALL msg=audit(1.000:5): syscall=59"));
    assertEquals(1, open.safe().offset());
    open.closed(bytes("type=SYSCALL msg=audit(1.000:6): syscall=59"));
    assertEquals(3, open.safe().offset());
  }

  @Test
  void anEndOfAnEventOpensNone() {
    read("node=a type=EOE msg=audit(1.000:5): ");
    assertEquals(1, open.safe().offset());
  }

  @Test
  void whatAProgramSaysEndsNoEvent() {
    read("type=USER_LOGIN msg=audit(1.000:5): msg='acct=\"x type=EOE \"'");
    assertEquals(0, open.safe().offset());
  }

  private void read(String line) {
    byte[] bytes = bytes(line);
    Position start = new Position(null, offset++);
    open.opened(bytes, 0, bytes.length, start, new Position(null, offset));
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.US_ASCII);
  }
}
