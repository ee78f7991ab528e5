package io.stridewatch.event;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the command line of a container runtime says: the container it is about and, where it runs a
 * command in one, which. containerd's shim calls {@code runc ... exec --pid-file
 * .../CONTAINER/EXEC.pid ... CONTAINER}; the ids are Docker's own. A command that runs inside a
 * container tells neither, and may call itself anything: only ids as Docker makes them count.
 */
final class RuntimeCommand {
  private static final Set<String> RUNTIMES =
      Set.of("runc", "crun", "runsc", "containerd-shim", "containerd-shim-runc-v2");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final String PID_FILE = ".pid";

  private RuntimeCommand() {}

  /** The id of the container; none when the words are no runtime's about one. */
  static List<String> container(List<String> words) {
    if (!isRuntime(words)) {
      return List.of();
    }
    String last = words.get(words.size() - 1);
    return one(isId(last) ? last : after("-id", words));
  }

  /** The id of what is executed in the container; none when nothing is. */
  static List<String> exec(List<String> words) {
    if (!isRuntime(words) || !words.contains("exec")) {
      return List.of();
    }
    String file = name(after("--pid-file", words));
    return file.endsWith(PID_FILE)
        ? one(file.substring(0, file.length() - PID_FILE.length()))
        : List.of();
  }

  /** Whether it is a container's id as Docker makes them. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static boolean isRuntime(List<String> words) {
    return words.size() > 1 && RUNTIMES.contains(name(words.get(0)));
  }

  private static String after(String option, List<String> words) {
    int at = words.indexOf(option);
    return at < 0 || at + 1 == words.size() ? "" : words.get(at + 1);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static List<String> one(String id) {
    return isId(id) ? List.of(id) : List.of();
  }
}
