package io.stridewatch.deploy.screen;

import io.stridewatch.Alert;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.screen.Browser;
import io.stridewatch.sink.screen.Key;
import io.stridewatch.sink.screen.Page;
import io.stridewatch.sink.screen.Request;
import io.stridewatch.stream.AlertTail;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jline.terminal.Size;

/**
 * Alerts on the whole terminal until the person leaves. Alerts, keys and answers come by threads of
 * their own into one queue, which holds 1,000 and then makes them wait; one thread changes the
 * browser and draws, at most twenty times a second while much comes.
 */
public final class Interactive {
  private static final int QUEUED = 1000;
  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final BlockingQueue<Consumer<Browser>> events = new ArrayBlockingQueue<>(QUEUED);
  private final Browser browser;
  private final Desk desk;
  private final boolean colour;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(Interactive::daemon);
  private Size size = new Size(80, 24);
  private IOException fault;
  private boolean gone;

  /**
   * Nothing is shown yet.
   *
   * @param colour whether colours may be used
   */
  public Interactive(Browser browser, Desk desk, boolean colour) {
    this.browser = browser;
    this.desk = desk;
    this.colour = colour;
  }

  /** Where alerts come from. */
  public interface Alerts {
    /** Gives them until it is closed. */
    void read(AlertTail.Reader reader) throws IOException;
  }

  /**
   * Shows them until the person leaves.
   *
   * @throws IOException one line, when the terminal or Kafka fails
   */
  public void run(Alerts alerts) throws IOException, InterruptedException {
    PrintStream err = System.err;
    try (FullScreen screen = FullScreen.open(now -> put(browser -> resize(now)))) {
      System.setErr(new PrintStream(new LineStream(this::log), true, StandardCharsets.UTF_8));
      thread("alerts", () -> alerts.read(new Events()));
      thread("keys", () -> type(screen.keys()));
      while (!browser.over() && fault == null && !gone) {
        take();
        for (Request request : browser.requests()) {
          serve(request, screen);
        }
        browser.tick();
        screen.draw(Page.of(browser), size);
      }
    } finally {
      System.setErr(err);
      worker.shutdownNow();
    }
    if (fault != null) {
      throw fault;
    }
  }

  /** What came, as much of it as comes within a frame. */
  private void take() throws InterruptedException {
    Consumer<Browser> event = events.poll(1, TimeUnit.SECONDS);
    long begin = System.nanoTime();
    while (event != null) {
      event.accept(browser);
      event = System.nanoTime() - begin < FRAME_NANOS ? events.poll() : null;
    }
  }

  private void resize(Size now) {
    size = now;
    browser.resize(new Terminal(now.getColumns(), colour, now.getRows()));
  }

  private void type(KeyReader keys) throws IOException {
    Optional<Key> key = keys.next();
    while (key.isPresent()) {
      Key pressed = key.get();
      put(browser -> browser.press(pressed));
      key = keys.next();
    }
    put(browser -> gone = true);
  }

  private void serve(Request request, FullScreen screen) {
    if (request instanceof Request.Copy copy) {
      screen.copy(copy.text());
      return;
    }
    worker.execute(
        () -> {
          Consumer<Browser> answer = answer(request);
          put(answer);
        });
  }

  private Consumer<Browser> answer(Request request) {
    try {
      if (request instanceof Request.Preview preview) {
        List<String> lines = desk.preview(preview.draft());
        return browser -> browser.preview(preview.draft(), lines);
      }
      String done =
          request instanceof Request.Set set
              ? desk.set(set.draft())
              : desk.say((Request.Say) request);
      return browser -> browser.tell(done);
    } catch (IOException | IllegalArgumentException e) {
      return browser -> browser.tell("not done: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return browser -> {};
    }
  }

  private void log(String line) {
    events.offer(browser -> browser.tell(line)); // the thread that draws may log, too
  }

  private void put(Consumer<Browser> event) {
    try {
      events.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a thread does until it fails. */
  private interface Task {
    void run() throws IOException;
  }

  private void thread(String name, Task task) {
    Thread thread =
        daemon(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                put(browser -> fault = e);
              }
            });
    thread.setName(name);
    thread.start();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "requests");
    thread.setDaemon(true);
    return thread;
  }

  private final class Events implements AlertTail.Reader {
    @Override
    public void alert(Alert alert) {
      put(browser -> browser.alert(alert));
    }

    @Override
    public void view(String key, String line) {
      put(browser -> browser.view(key, line));
    }
  }
}
