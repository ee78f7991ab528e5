package io.stridewatch.collector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs one of the system's programs, such as auditctl, and reads what it prints. The caller's
 * thread waits 10 s at most, and 4 MiB at most are read: a program that hangs, or prints without
 * end, is killed with its children.
 */
public interface Program {
  /**
   * Its output and errors, line by line; empty when it is not there, failed, or was killed.
   *
   * @param command its name and arguments; its standard input is empty
   */
  Optional<List<String>> lines(String... command) throws InterruptedException;

  /** The real ones. */
  static Optional<List<String>> run(String... command) throws InterruptedException {
    return new RunningProgram(Duration.ofSeconds(10), 4 << 20).lines(command);
  }
}
