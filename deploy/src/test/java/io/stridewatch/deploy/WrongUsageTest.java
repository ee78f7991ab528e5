package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * What can't be meant is wrong usage, status 2, with one line that says why and one where help is.
 */
class WrongUsageTest {
  private final StringWriter told = new StringWriter();

  private int status(String... arguments) {
    CommandLine command = Stridewatch.commandLine();
    command.setErr(new PrintWriter(told, true));
    return command.execute(arguments);
  }

  private void refuses(String why, String... arguments) {
    assertEquals(2, status(arguments));
    assertTrue(told.toString().contains(why), told::toString);
    assertEquals(2, told.toString().lines().count(), told::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "0", "-1", "NaN", ""})
  void aSpeedThatIsNoNumberAboveZero(String speed) {
    refuses("no number above 0", "replay", "--speed=" + speed, "audit.log");
  }

  @Test
  void standardInputTwice() {
    refuses("which can be read once", "replay", "-", "-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2h", "2026-11-21", "yesterday"})
  void aReplaySinceSomethingThatIsNoInstant(String since) {
    refuses("not an instant", "replay", "--since=" + since, "audit.log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "rules", "config", "docker-ca"})
  void aPathWithoutAName(String flag) {
    refuses("must be some text on one line", "run", "--" + flag + "=");
  }
}
