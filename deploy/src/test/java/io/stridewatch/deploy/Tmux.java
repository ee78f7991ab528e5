package io.stridewatch.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A terminal of so many columns and rows, in which one command runs; its text as a person sees it.
 */
final class Tmux implements AutoCloseable {
  private final String socket;

  /** Starts the command there. */
  Tmux(String socket, int columns, int rows, List<String> command) throws Exception {
    this.socket = socket;
    List<String> start = new ArrayList<>(List.of("new-session", "-d", "-s", "it"));
    start.addAll(List.of("-x", Integer.toString(columns), "-y", Integer.toString(rows)));
    start.addAll(command);
    tmux(start.toArray(String[]::new));
  }

  /** Whether this machine has tmux. */
  static boolean isThere() throws InterruptedException {
    return Host.said("tmux", "-V").startsWith("tmux ");
  }

  /** What the screen shows, without empty rows at its end. */
  List<String> screen() throws InterruptedException {
    return tmux("capture-pane", "-p", "-t", "it").stripTrailing().lines().toList();
  }

  /** What the screen shows, with colours as ECMA-48 writes them. */
  String coloured() throws InterruptedException {
    return tmux("capture-pane", "-p", "-e", "-t", "it");
  }

  /** What a person types, in tmux's names of keys. */
  void type(String... keys) throws InterruptedException {
    List<String> line = new ArrayList<>(List.of("send-keys", "-t", "it"));
    line.addAll(Arrays.asList(keys));
    tmux(line.toArray(String[]::new));
  }

  /** Gives the terminal another size. */
  void resize(int columns, int rows) throws InterruptedException {
    tmux(
        "resize-window", "-t", "it", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  private String tmux(String... words) throws InterruptedException {
    List<String> line = new ArrayList<>(List.of("tmux", "-L", socket, "-f", "/dev/null"));
    line.addAll(Arrays.asList(words));
    return Host.said(line.toArray(String[]::new));
  }

  @Override
  public void close() {
    try {
      tmux("kill-server");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
