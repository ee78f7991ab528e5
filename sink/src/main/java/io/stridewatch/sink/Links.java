package io.stridewatch.sink;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links in a terminal's text (OSC 8): tags of ATT&CK lead to their pages. Only terminals that are
 * known to take them get them: others would show what is meant for them alone.
 */
final class Links {
  private static final Pattern TECHNIQUE =
      Pattern.compile("attack\\.(t[0-9]{4})(?:\\.([0-9]{3}))?(?![0-9.])");
  private static final Set<String> PROGRAMS =
      Set.of("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper");
  private static final Set<String> TYPES =
      Set.of("xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty", "contour");
  private static final String BEGIN = "\u001b]8;;";
  private static final String END = "\u001b\\";

  /** The first version of VTE whose links work: 0.50.0. */
  private static final int VTE = 5000;

  private Links() {}

  /** Whether the terminal of this environment is known to take them. */
  static boolean taken(Map<String, String> environment) {
    if (environment.getOrDefault("TERM", "").matches("(tmux|screen).*")) {
      return false; // what it knows of its terminal is of the one outside
    }
    String vte = environment.getOrDefault("VTE_VERSION", "");
    return PROGRAMS.contains(environment.getOrDefault("TERM_PROGRAM", ""))
        || TYPES.contains(environment.getOrDefault("TERM", ""))
        || environment.containsKey("WT_SESSION")
        || environment.containsKey("KONSOLE_VERSION")
        || vte.matches("[0-9]{1,6}") && Integer.parseInt(vte) >= VTE;
  }

  /** A row in which each technique of ATT&CK is a link. */
  static String techniques(String row) {
    return TECHNIQUE
        .matcher(row)
        .replaceAll(found -> Matcher.quoteReplacement(link(page(found), found.group())));
  }

  private static String page(MatchResult technique) {
    String below = technique.group(2) == null ? "" : technique.group(2) + "/";
    return "https://attack.mitre.org/techniques/"
        + technique.group(1).toUpperCase(Locale.ROOT)
        + "/"
        + below;
  }

  private static String link(String address, String text) {
    return BEGIN + address + END + text + BEGIN + END;
  }
}
