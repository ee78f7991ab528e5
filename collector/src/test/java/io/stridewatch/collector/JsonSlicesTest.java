package io.stridewatch.collector;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonSlicesTest {

  @Test
  void givesEachMemberAsItWasWritten() {
    assertEquals(
        List.of(
            "a=1.50",
            "b={ \"x\" : [1, 2] }",
            "b=-1e3",
            "c=\"\\u00e9é\"",
            "d=null",
            "e=[]",
            "f=true"),
        members(
            " {\"a\":1.50,\"b\":{ \"x\" : [1, 2] }, \"b\":-1e3 ,\n\"c\":\"\\u00e9é\",\"d\":null,"
                + "\"e\":[],\"f\":true}"));
    assertEquals(
        List.of("null=1", "null={}", "null=\"x\"", "null=2"), members("[1,{},\"x\" , 2 ]"));
  }

  @Test
  void refusesWhatIsNoJsonAndSaysWhere() {
    assertEquals("not JSON: broken at byte 7", refusal("{\"a\":1,,}"));
    assertEquals("not JSON: broken at byte 9", refusal("{\"a\":\"abc"));
    assertEquals("JSON, but neither an object nor an array", refusal("17"));
    refusal("{\"a\":" + "[".repeat(5000));
    refusal("");
  }

  @Test
  void refusesOtherEncodings() {
    byte[] bytes = "{\"a\":1}".getBytes(UTF_16BE);
    assertThrows(
        UnreadableRecordException.class,
        () -> JsonSlices.each(bytes, 0, bytes.length, (key, token, from, to) -> {}));
  }

  @Test
  void putsAValueOnOneLineWithoutTouchingItsStrings() {
    assertEquals(
        "{\"a b\":\"c \\\" d\",\"e\":[1,2]}",
        oneLine("{\n  \"a b\": \"c \\\" d\",\n \"e\":[1, 2]\n}"));
    assertEquals("{ \"a\" : 1 }", oneLine("{ \"a\" : 1 }"));
  }

  private static String oneLine(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return new String(JsonSlices.oneLine(bytes, 0, bytes.length), UTF_8);
  }

  private static String refusal(String json) {
    return assertThrows(UnreadableRecordException.class, () -> members(json)).getMessage();
  }

  /** Read amid other bytes, so that a place counted from the wrong end shows. */
  private static List<String> members(String json) {
    byte[] bytes = ("]]]" + json + "}}").getBytes(UTF_8);
    List<String> members = new ArrayList<>();
    JsonSlices.each(
        bytes,
        3,
        bytes.length - 2,
        (key, token, from, to) ->
            members.add(key + "=" + new String(bytes, from, to - from, UTF_8)));
    Chunks chunks = Chunks.of(bytes, 0, bytes.length);
    List<String> again = new ArrayList<>();
    JsonSlices.each(
        chunks,
        3,
        bytes.length - 2,
        (key, token, from, to) -> again.add(key + "=" + new String(chunks.range(from, to), UTF_8)));
    assertEquals(members, again);
    return members;
  }
}
