package io.stridewatch.sink.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.JsonLine;
import io.stridewatch.SampleAlerts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CefTest {
  private static final Set<String> KEYS =
      Set.of(
          "rt",
          "externalId",
          "dvchost",
          "msg",
          "suser",
          "cnt",
          "start",
          "end",
          "cs1Label",
          "cs1",
          "cs2Label",
          "cs2",
          "cs3Label",
          "cs3",
          "cs4Label",
          "cs4",
          "cs5Label",
          "cs5",
          "cs6Label",
          "cs6");

  /** As a receiver reads it: headers end at a bare pipe, a key is a word before a bare equals. */
  private record Message(List<String> headers, Map<String, String> extension) {
    private static final Pattern HEADER = Pattern.compile("((?:[^|\\\\]|\\\\[|\\\\])*)\\|");
    private static final Pattern PAIR =
        Pattern.compile("(\\w+)=((?:[^=\\\\]|\\\\[=\\\\nr])*?)(?= \\w+=|$)");

    static Message of(String line) {
      Matcher header = HEADER.matcher(line);
      List<String> headers = new ArrayList<>();
      while (headers.size() < 7) {
        assertTrue(header.find(), line);
        headers.add(plain(header.group(1)));
      }
      return new Message(headers, extension(line.substring(header.end())));
    }

    private static Map<String, String> extension(String text) {
      Map<String, String> pairs = new LinkedHashMap<>();
      Matcher pair = PAIR.matcher(text);
      int at = 0;
      while (at < text.length()) {
        assertTrue(pair.find(at) && pair.start() == at, text);
        pairs.put(pair.group(1), plain(pair.group(2)));
        at = Math.min(text.length(), pair.end() + 1);
      }
      return pairs;
    }

    private static String plain(String escaped) {
      return escaped.replaceAll("\\\\([|=\\\\])", "$1");
    }
  }

  @Test
  void isReadByAReceiverAsItWasMeant() {
    Message message = Message.of(Form.CEF.line(SampleAlerts.numbered(7)));
    assertEquals(
        List.of(
            "CEF:0",
            "stridewatch",
            "stridewatch",
            "stridewatch.alert/1",
            "docker-daemon-json-changed",
            "The Docker daemon's configuration was changed",
            "8"),
        message.headers());
    assertEquals("alert number 7", message.extension().get("msg"));
    assertEquals("alice", message.extension().get("suser"));
    assertEquals("1795232830123", message.extension().get("rt"));
    assertEquals("file /etc/docker/daemon.json", message.extension().get("cs4"));
  }

  @Test
  void keepsEachHostileValueInItsPlace() {
    for (String value : HostileAlerts.VALUES) {
      String line = Form.CEF.line(HostileAlerts.of(value));
      assertFalse(line.chars().anyMatch(c -> JsonLine.escaped((char) c)), line);
      Message message = Message.of(value.length() > 10_000 ? shortened(line) : line);
      assertEquals("8", message.headers().get(6));
      assertEquals(KEYS, message.extension().keySet());
      assertEquals("0123456789abcdef0123456789abcdef", message.extension().get("externalId"));
    }
  }

  /** Java's regular expressions recurse over long values; what is cut here is plain {@code z}. */
  private static String shortened(String line) {
    assertTrue(line.length() < 30_000);
    return line.replaceAll("z{50,}", "z");
  }
}
