package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  @Test
  void breaksAtBlanks() {
    assertEquals(List.of("one two", "three"), Columns.wrap("one two three", 8, 8, 9));
  }

  @Test
  void breaksAWordThatIsLongerThanALine() {
    assertEquals(List.of("abcdef", "ghijkl", "m"), Columns.wrap("abcdefghijklm", 6, 6, 9));
  }

  @Test
  void beginsOnTheNextLineWhenTheFirstHasNoRoomForAWord() {
    assertEquals(List.of("", "abcdef"), Columns.wrap("abcdef", 3, 8, 9));
  }

  @Test
  void marksWhatItCuts() {
    assertEquals(List.of("one", "two…"), Columns.wrap("one two three", 4, 4, 2));
    assertEquals("ab…", Columns.cut("abcdef", 3));
  }

  @Test
  void countsWideCharactersTwiceAndMarksNot() {
    assertEquals(4, Columns.width("漢字"));
    assertEquals(1, Columns.width("e\u0301"));
  }

  @Test
  void writesControlAndDirectionCharactersAsTheirNumbers() {
    assertEquals("a\\u001b[2J\\u202e\\ud800", Columns.shown("a\u001b[2J\u202e\ud800", 99));
  }

  @Test
  void keepsLettersOfAllLanguages() {
    assertEquals("é漢😀", Columns.shown("é漢😀", 99));
  }
}
