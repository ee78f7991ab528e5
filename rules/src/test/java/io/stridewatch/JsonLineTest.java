package io.stridewatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JsonLineTest {

  @Test
  void escapesWhatJsonAndATerminalNeed() {
    assertEquals("\"\"", written(""));
    assertEquals("\"plain text\"", written("plain text"));
    assertEquals("\"a\\\"b\\\\c\"", written("a\"b\\c"));
    assertEquals("\"\\u000a\\u001b[2J\\u007f\\u009b\"", written("\n\u001b[2J\u007f\u009b"));
    assertEquals("\"\\u200e\\u202e\\u2066x\"", written("\u200e\u202e\u2066x"));
    assertEquals("\"é\u2010\ud83d\ude00\"", written("é\u2010\ud83d\ude00"));
    assertEquals("\"\\ud83d-\\ude00\"", written("\ud83d-\ude00"));
    assertEquals("\"x\\\"\"", written("x\""));
  }

  private static String written(String text) {
    return new JsonLine().text(text).toString();
  }
}
