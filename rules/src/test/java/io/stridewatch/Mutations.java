package io.stridewatch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Inputs broken at random from a fixed seed: bytes changed, pieces cut, doubled, moved, and put in
 * what a format's grammar is sharp about.
 */
public final class Mutations {
  private static final List<String> YAML =
      List.of(
          ":",
          "- ",
          "\n",
          "  ",
          "{",
          "}",
          "[",
          "]",
          "'",
          "\"",
          "|",
          "&a ",
          "*a",
          "\t",
          "? ",
          "null",
          "---\n",
          "%",
          "\u0000",
          "9999999999999999999999",
          "#");

  private static final List<String> JSON =
      List.of("\"", "\\", "{", "}", "[", "]", ",", ":", "\u0000", "null", "\u00e9");

  private final Random random;
  private final List<byte[]> sharp;

  /** Breaks with these pieces. */
  public Mutations(long seed, String... sharp) {
    random = new Random(seed);
    this.sharp = List.of(sharp).stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Breaks YAML, with these pieces besides its own. */
  public static Mutations ofYaml(long seed, String... more) {
    return of(seed, YAML, more);
  }

  /** Breaks JSON, with these pieces besides its own. */
  public static Mutations ofJson(long seed, String... more) {
    return of(seed, JSON, more);
  }

  private static Mutations of(long seed, List<String> own, String... more) {
    return new Mutations(seed, Stream.concat(own.stream(), Stream.of(more)).toArray(String[]::new));
  }

  /** How many rounds a test makes: {@code -Dfuzz=N}, else as given. */
  public static int rounds(int otherwise) {
    return Integer.getInteger("fuzz", otherwise);
  }

  /** A number below the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** One of them. */
  public <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** The text broken in one place to eight. */
  public String text(String whole) {
    return new String(bytes(whole.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /** The bytes broken in one place to eight. */
  public byte[] bytes(byte[] whole) {
    byte[] broken = whole;
    for (int times = 1 + random.nextInt(8); times > 0; times--) {
      broken = once(broken);
    }
    return broken;
  }

  private byte[] once(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(1 + random.nextInt(80)));
    return switch (random.nextInt(6)) {
      case 0 -> spliced(bytes, from, to, new byte[0]);
      case 1 -> spliced(bytes, from, bytes.length, new byte[0]);
      case 2 -> spliced(bytes, from, from, java.util.Arrays.copyOfRange(bytes, from, to));
      case 3 -> spliced(bytes, from, to, new byte[] {(byte) random.nextInt(256)});
      case 4 -> spliced(bytes, from, to, one(sharp));
      default -> spliced(bytes, from, from, one(sharp));
    };
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] instead) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + instead.length);
    out.write(bytes, 0, from);
    out.writeBytes(instead);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
