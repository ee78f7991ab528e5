package io.stridewatch.deploy.screen;

import io.stridewatch.sink.screen.Page;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * This process's terminal, taken over whole until it is closed or the process ends, then as it was.
 * Only what differs from the last page is written. Size and keys may be asked by other threads than
 * the one that draws.
 */
final class FullScreen implements AutoCloseable {
  private static final int INTERRUPTED = 130;

  private final Terminal terminal;
  private final Attributes before;
  private final Display display;
  private final String restore;
  private final Thread atEnd = new Thread(this::leave, "screen");
  private Size drawn;
  private boolean left;

  private FullScreen(Terminal terminal) {
    this.terminal = terminal;
    before = terminal.enterRawMode();
    display = new Display(terminal, true);
    restore =
        capability(Capability.cursor_normal)
            + capability(Capability.keypad_local)
            + capability(Capability.exit_ca_mode);
  }

  /**
   * Takes the terminal.
   *
   * @param resized told at once and at each change of the window's size: columns and rows
   */
  static FullScreen open(Consumer<Size> resized) throws IOException {
    // Else even its provider without native code unpacks some to learn the terminal's name.
    System.setProperty(
        TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE,
        TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE_REFLECTION);
    Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .dumb(false)
            .provider("exec")
            .encoding(StandardCharsets.UTF_8)
            .build();
    FullScreen screen = new FullScreen(terminal);
    Runtime.getRuntime().addShutdownHook(screen.atEnd);
    screen.enter();
    // Left to itself JLine has the system end the process, which restores nothing.
    terminal.handle(Terminal.Signal.INT, signal -> System.exit(INTERRUPTED));
    terminal.handle(Terminal.Signal.QUIT, Terminal.SignalHandler.SIG_IGN);
    terminal.handle(Terminal.Signal.WINCH, signal -> resized.accept(terminal.getSize()));
    resized.accept(terminal.getSize());
    return screen;
  }

  private void enter() {
    Attributes attributes = terminal.getAttributes();
    attributes.setControlChar(Attributes.ControlChar.VSUSP, 0); // nobody would restore the screen
    terminal.setAttributes(attributes);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.keypad_xmit);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  private String capability(Capability capability) {
    String text = terminal.getStringCapability(capability);
    return text == null ? "" : Curses.tputs(text);
  }

  /** What the terminal sends. */
  KeyReader keys() {
    return new KeyReader(terminal.reader()::read);
  }

  /** Shows a page that was made for this size. */
  synchronized void draw(Page page, Size size) {
    if (left) {
      return;
    }
    if (!size.equals(drawn)) {
      drawn = size;
      display.resize(size.getRows(), size.getColumns());
      display.clear(); // terminals differ in what they leave of the last page
    }
    List<AttributedString> lines =
        page.lines().stream()
            .map(AttributedString::fromAnsi)
            .map(line -> line.columnSubSequence(0, size.getColumns()))
            .collect(Collectors.toCollection(ArrayList::new)); // which Display changes
    boolean typing = page.cursorRow() >= 0;
    terminal.puts(typing ? Capability.cursor_normal : Capability.cursor_invisible);
    display.update(lines, typing ? size.cursorPos(page.cursorRow(), page.cursorColumn()) : 0);
  }

  /** Asks the terminal to take a text to the clipboard (xterm's OSC 52). */
  void copy(String text) {
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    terminal.writer().write("\u001b]52;c;" + base64 + "\u0007");
    terminal.flush();
  }

  /** Gives the terminal back. Idempotent. */
  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atEnd);
    leave();
    terminal.close();
  }

  /** By a file of its own: when the process ends, JLine may have closed standard output already. */
  private synchronized void leave() {
    if (left) {
      return;
    }
    left = true;
    try (FileOutputStream out = new FileOutputStream("/dev/tty")) {
      out.write(restore.getBytes(StandardCharsets.UTF_8));
      terminal.setAttributes(before);
    } catch (IOException | IllegalStateException e) {
      // The terminal is gone, and nobody sees it.
    }
  }
}
