package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " [ ] ",
        "0",
        "-0.5e+10",
        "1E2",
        "\"\"",
        "true",
        "false",
        "null",
        "[1,2,[3,{}]]",
        "{\"a\":{\"b\":[null,\"\\u00e9\\n\\\\\"]},\"a\":1}\n",
        "\"long enough for eight bytes é😀 x\"",
      })
  void takesJson(String text) {
    scan(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1                  | cut off at byte 6
          {"a                     | string not closed at byte 3
          {"abcdefghijklmnop      | string not closed at byte 18
          {"a":1}}                | text after the end at byte 7
          {"a":1} {               | text after the end at byte 8
          {"a":1,}                | a key without quotes at byte 7
          {a:1}                   | a key without quotes at byte 1
          {"a" 1}                 | no colon after a key at byte 5
          {"a":1 "b":2}           | neither comma nor } after a member at byte 7
          [1 2]                   | neither comma nor ] after an element at byte 3
          [01]                    | neither comma nor ] after an element at byte 2
          [1,]                    | no JSON value at byte 3
          [-]                     | no JSON value at byte 2
          [1.]                    | no JSON value at byte 3
          [1e]                    | no JSON value at byte 3
          [tru]                   | no JSON value at byte 1
          [nul                    | cut off at byte 4
          ["\\x"]                 | unknown escape at byte 3
          ["\\u12g4"]             | escape without four hex digits at byte 3
          ["\\                    | cut off at byte 3
          """)
  void namesTheFaultAndItsByte(String text, String fault) {
    assertEquals("not JSON: " + fault, faultOf(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesControlCharactersInStrings() {
    assertEquals(
        "not JSON: control character in a string at byte 10",
        faultOf("\"123456789\n0123456\"".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"80", "c0af", "c3", "e08080", "eda080", "f0808080", "f4908080", "f5808080", "ff"})
  void refusesMalformedUtf8(String hex) {
    byte[] bad = java.util.HexFormat.of().parseHex("22" + hex + "22");
    assertEquals("not JSON: not UTF-8 at byte 1", faultOf(bad));
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    int most = JsonScanner.MAX_DEPTH;
    scan("[".repeat(most) + "]".repeat(most));
    assertEquals(
        "not JSON: deeper than 512 at byte 512",
        faultOf("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void saysThatThereIsNothing() {
    assertEquals("not JSON: nothing but blanks", faultOf(new byte[0]));
    assertEquals("not JSON: nothing but blanks", faultOf(new byte[] {' ', '\n'}));
  }

  @Test
  void looksAtNothingOutsideItsPart() {
    byte[] text = "\"x{\"a\":1}\"".getBytes(StandardCharsets.UTF_8);
    assertEquals(2, new JsonScanner(text, 2, text.length - 1).whole());
    assertThrows(
        UnreadableRecordException.class, () -> new JsonScanner(text, 2, text.length - 2).whole());
  }

  private static String faultOf(byte[] text) {
    return assertThrows(
            UnreadableRecordException.class, () -> new JsonScanner(text, 0, text.length).whole())
        .getMessage();
  }

  private static void scan(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    new JsonScanner(bytes, 0, bytes.length).whole();
  }
}
