package io.stridewatch.event;

/** Where in a source's JSON secrets may stand, and how it reads there. */
interface SecretPlaces {
  /** How a string is read. */
  enum Reading {
    /** An id: left alone. */
    NOTHING,
    /** For secrets that are known by their shape. */
    SHAPES,
    /** A secret if its key tells so; else for shapes. */
    MEMBER,
    /** As {@link #MEMBER}, and as a file of settings. */
    SETTINGS,
    /** {@code NAME=VALUE}. */
    ASSIGNMENT,
    /** A command line. */
    COMMAND,
    /** A command's words, one a string; those of one object belong together. */
    WORDS,
    /** As a whole. */
    SECRET,
    /** What it encodes in base64 is read; the whole is masked when that holds a secret. */
    BASE64,
    /** A request's URI. */
    URI
  }

  /**
   * How to read the string there.
   *
   * @param path keys joined by dots in lower case, {@code []} for an array's elements
   */
  Reading reading(String path);

  /**
   * Whether nothing of what stands there is read.
   *
   * @param member whether it is a member of the record itself
   */
  default boolean skips(String path, boolean member) {
    return false;
  }

  /**
   * The place as people say it, or nothing.
   *
   * @param path as for {@link #reading}
   * @param name of the variable, label or key
   */
  String words(String path, String name);
}
