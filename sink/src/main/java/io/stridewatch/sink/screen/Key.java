package io.stridewatch.sink.screen;

/**
 * A key that was pressed.
 *
 * @param text what it types; empty where it has a name of its own
 */
public record Key(Name name, String text) {
  /** Keys that type nothing. */
  public enum Name {
    /** One that types. */
    TEXT,
    /** One row up. */
    UP,
    /** One row down. */
    DOWN,
    /** One character back. */
    LEFT,
    /** One character on. */
    RIGHT,
    /** A screen up. */
    PAGE_UP,
    /** A screen down. */
    PAGE_DOWN,
    /** To the beginning. */
    HOME,
    /** To the end. */
    END,
    /** Done, or in. */
    ENTER,
    /** Left, or out. */
    ESCAPE,
    /** Takes the character before away. */
    BACKSPACE,
    /** Takes the character there away. */
    DELETE,
    /** Takes all before away. */
    CLEAR
  }

  /** One with a name. */
  public static Key of(Name name) {
    return new Key(name, "");
  }

  /** One that types this. */
  public static Key typing(String text) {
    return new Key(Name.TEXT, text);
  }

  /** The same where letters do what keys with names do. */
  Key moving() {
    return switch (text) {
      case "k" -> of(Name.UP);
      case "j" -> of(Name.DOWN);
      case "g" -> of(Name.HOME);
      case "G" -> of(Name.END);
      case " " -> of(Name.PAGE_DOWN);
      default -> this;
    };
  }
}
