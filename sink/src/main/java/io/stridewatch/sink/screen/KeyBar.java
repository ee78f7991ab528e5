package io.stridewatch.sink.screen;

import io.stridewatch.sink.Columns;
import io.stridewatch.sink.Terminal;
import java.util.List;

/** Which keys there are. */
final class KeyBar {
  static final String LIST =
      "Enter open  / filter  a ack  n note  s silence  t actor  c copy  ? help  q quit";
  static final String TEXT =
      "↑↓ PgUp PgDn read  a ack  n note  s silence  t actor  c copy  Esc back";
  static final String PLAIN = "↑↓ PgUp PgDn read  Esc back  q quit";
  static final String QUESTION = "y yes, set it  Esc no";
  static final String TYPING = "Enter done  Esc leave";

  private static final List<String> HELP =
      List.of(
          "↑ ↓ j k            one row up or down",
          "PgUp PgDn          a screen up or down; Space is PgDn",
          "Home End g G       first or last; at the last row new ones are followed",
          "Enter              opens the alert: its story, its records decoded and raw",
          "Esc                back; in the list it ends the filter",
          "/                  filters as you type: severity>=high and user~alice",
          "a                  says that you have taken the alert up (✓)",
          "n                  leaves a note on it",
          "s                  silences alerts like it, after showing what that hides",
          "S                  shows those too that silences or baselines hide (s), or no more",
          "t                  timeline of the one who did it, and the incident",
          "c                  copies the alert's id (OSC 52)",
          "q                  quits",
          "",
          "A repeated alert is counted in its row. The newest " + Recent.MOST + " alerts or",
          (Recent.MOST_BYTES >> 20)
              + " MiB of them are kept here, older ones are counted; the topic keeps all.");

  private KeyBar() {}

  static List<String> help(Terminal size) {
    return HELP.stream().map(line -> Columns.cut(line, size.columns() - 1)).toList();
  }

  static String of(Browser browser) {
    if (browser.prompt() != null) {
      return TYPING;
    }
    if (browser.pane() instanceof TextPane text) {
      return text.yes() != null ? QUESTION : text.alert() != null ? TEXT : PLAIN;
    }
    return LIST;
  }
}
