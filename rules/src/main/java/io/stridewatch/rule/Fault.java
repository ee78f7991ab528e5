package io.stridewatch.rule;

/**
 * Something wrong with a rule file.
 *
 * @param file as it was named
 * @param line from 1; 0 when it is about the whole file
 * @param message one line: what is wrong and what to do
 */
public record Fault(String file, int line, String message) {

  /** As compilers print it: {@code file:line: message}. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
  }
}
