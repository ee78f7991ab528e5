package io.stridewatch.collector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** See {@link Program}; its bounds are given. */
final class RunningProgram implements Program {
  private static final Path NOTHING = Path.of("/dev/null");

  private final Duration patience;
  private final int mostBytes;

  RunningProgram(Duration patience, int mostBytes) {
    this.patience = patience;
    this.mostBytes = mostBytes;
  }

  @Override
  public Optional<List<String>> lines(String... command) throws InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(NOTHING.toFile())
              .start();
    } catch (IOException e) {
      return Optional.empty(); // There is no such program.
    }
    try {
      return printed(process);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /**
   * A thread of its own reads, because nothing ends a read of a pipe that a child of the program
   * keeps open.
   */
  private Optional<List<String>> printed(Process process)
      throws InterruptedException, ExecutionException, TimeoutException {
    long until = System.nanoTime() + patience.toNanos();
    FutureTask<byte[]> reading =
        new FutureTask<>(() -> process.getInputStream().readNBytes(mostBytes + 1));
    Thread reader = new Thread(reading, "reads a program");
    reader.setDaemon(true);
    reader.start();
    byte[] said = reading.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    boolean ended =
        said.length <= mostBytes
            && process.waitFor(until - System.nanoTime(), TimeUnit.NANOSECONDS)
            && process.exitValue() == 0;
    return ended
        ? Optional.of(new String(said, StandardCharsets.UTF_8).lines().toList())
        : Optional.empty();
  }
}
