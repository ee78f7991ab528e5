package io.stridewatch.event;

/**
 * A secret's value in a raw record.
 *
 * @param from its first byte
 * @param to behind its last byte
 * @param place the path to it ({@code inspect.Config.Env[0]}, {@code EXECVE.a2})
 * @param words the place as people say it ({@code environment DB_PASSWORD}); empty where a rule has
 *     nothing to say of it
 * @param kind {@code password}, {@code token}, {@code private key} and the like
 * @param value as it is meant, one character a byte: to know it elsewhere, never to be shown
 */
public record Secret(int from, int to, String place, String words, String kind, String value) {

  /** Without the value, so that no message repeats it. */
  @Override
  public String toString() {
    return kind + " at " + place;
  }
}
