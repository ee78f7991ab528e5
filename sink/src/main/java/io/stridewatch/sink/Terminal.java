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
 */
public record Terminal(int columns, boolean colour) {
  private static final int USUAL = 80;
  private static final int WIDEST = 1000;
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  /** This process's standard output: a terminal's own width and colour, a plain pipe or file. */
  public static Terminal standardOutput(Map<String, String> environment) {
    Optional<Path> device = device();
    int width = device.map(Terminal::measured).orElse(USUAL);
    return of(environment, device.isPresent(), width);
  }

  /** Whether this process's standard output is a terminal. */
  public static boolean isStandardOutput() {
    return device().isPresent();
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

  private static Optional<Path> device() {
    try {
      Path device = Files.readSymbolicLink(STANDARD_OUTPUT);
      String name = device.toString();
      boolean terminal = name.startsWith("/dev/pts/") || name.startsWith("/dev/tty");
      return terminal || name.equals("/dev/console") ? Optional.of(device) : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** Asks {@code stty}, since Java has no call for it. */
  private static int measured(Path device) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File(device.toString()))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return USUAL;
      }
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return columns(size.strip().replaceFirst("^[0-9]+ ", ""), USUAL);
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }
}
