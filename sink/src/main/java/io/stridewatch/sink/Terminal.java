package io.stridewatch.sink;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What an output can show.
 *
 * @param columns its width
 * @param colour whether colours may be used
 * @param rows its height; 0 where the cursor can't be moved: in a pipe, a file, a dumb terminal
 * @param links whether it is known to take links (OSC 8)
 */
public record Terminal(int columns, boolean colour, int rows, boolean links) {
  private static final int USUAL = 80;
  private static final int USUAL_ROWS = 24;
  private static final int WIDEST = 1000;
  private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  /** One that takes no links. */
  public Terminal(int columns, boolean colour, int rows) {
    this(columns, colour, rows, false);
  }

  /** One whose cursor can't be moved. */
  public Terminal(int columns, boolean colour) {
    this(columns, colour, 0);
  }

  /** This process's standard output: a terminal's own size and colour, a plain pipe or file. */
  public static Terminal standardOutput(Map<String, String> environment) {
    Optional<Path> device = device(STANDARD_OUTPUT);
    if (device.isEmpty()) {
      return of(environment, false, USUAL);
    }
    String[] size = measured(device.get()).split(" ");
    Terminal plain = of(environment, true, columns(size[size.length - 1], USUAL));
    int rows =
        environment.getOrDefault("TERM", "").equals("dumb") ? 0 : columns(size[0], USUAL_ROWS);
    return new Terminal(plain.columns, plain.colour, rows, rows > 0 && Links.taken(environment));
  }

  /** Whether this process's standard output is a terminal. */
  public static boolean isStandardOutput() {
    return device(STANDARD_OUTPUT).isPresent();
  }

  /** Whether this process's standard input is a terminal. */
  public static boolean isStandardInput() {
    return device(STANDARD_INPUT).isPresent();
  }

  /**
   * An output as the environment wants it: {@code COLUMNS} sets the width, {@code NO_COLOR} (when
   * not empty, as no-color.org has it) and {@code TERM=dumb} turn colours off.
   *
   * @param interactive whether it is a terminal; else there is no colour
   * @param width its own width, where the environment says nothing
   */
  static Terminal of(Map<String, String> environment, boolean interactive, int width) {
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(
        columns(environment.getOrDefault("COLUMNS", ""), width), interactive && !plain);
  }

  private static int columns(String text, int otherwise) {
    int columns = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    return Math.min(columns > 0 ? columns : otherwise, WIDEST);
  }

  private static Optional<Path> device(Path descriptor) {
    try {
      Path device = Files.readSymbolicLink(descriptor);
      String name = device.toString();
      boolean terminal = name.startsWith("/dev/pts/") || name.startsWith("/dev/tty");
      return terminal || name.equals("/dev/console") ? Optional.of(device) : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** Rows and columns as {@code stty} tells them, since Java has no call for it. */
  private static String measured(Path device) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File(device.toString()))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return "";
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
