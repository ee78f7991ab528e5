package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.deploy.settings.Setting;
import io.stridewatch.deploy.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the README says of settings and commands is what the program has. {@code
 * -Dreadme.write=true} writes the table.
 */
final class ReadmeTest {
  private static final Path README = Path.of("../README.md");
  private static final String BEGIN = "<!-- settings -->\n";
  private static final String END = "<!-- /settings -->";

  @Test
  void listsEverySetting() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    if (Boolean.getBoolean("readme.write")) {
      Files.writeString(README, readme.substring(0, begin) + table() + readme.substring(end));
      return;
    }
    assertEquals(
        table(),
        readme.substring(begin, end),
        "write it anew: mvn -pl deploy -am test -Dtest=ReadmeTest -Dreadme.write=true"
            + " -Dsurefire.failIfNoSpecifiedTests=false");
  }

  @Test
  void namesEveryCommand() throws IOException {
    String readme = Files.readString(README);
    Stridewatch.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertTrue(
                    command.getCommandSpec().usageMessage().hidden()
                        || name.equals("help")
                        || readme.contains("`" + name),
                    "the README does not name the command " + name));
  }

  private static String table() {
    return "| setting | value | what | otherwise |\n|---|---|---|---|\n"
        + Settings.ALL.stream().map(ReadmeTest::row).collect(Collectors.joining());
  }

  private static String row(Setting<?> setting) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            setting.key(),
            setting.placeholder().isEmpty()
                ? ""
                : "`" + setting.placeholder().replace("|", "\\|") + "`",
            setting.doc(),
            setting.otherwiseText());
  }
}
