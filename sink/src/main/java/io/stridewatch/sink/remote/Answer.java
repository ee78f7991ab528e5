package io.stridewatch.sink.remote;

import io.stridewatch.JsonLine;
import java.io.IOException;

/**
 * What an HTTP target answered.
 *
 * @param retryAfter that header, or null
 * @param text the first 2 MiB of its body
 */
record Answer(String place, int status, String retryAfter, String text) {
  private static final int SHOWN = 200;

  /**
   * Returns when the target has taken the alert.
   *
   * @throws IOException when what was answered is about the target, and heals with it: 5xx, 401 and
   *     407 (a secret that is being changed), 408, 425, 429, redirects
   * @throws RefusedException when it is about the alert: every other 4xx
   */
  void judge() throws IOException {
    if (status / 100 == 2) {
      return;
    }
    if (status / 100 == 4 && !heals()) {
      throw new RefusedException(told());
    }
    throw new IOException(told());
  }

  /**
   * The same of a request with many alerts: missing rights and a wrong address are about the
   * set-up, not about the alerts.
   */
  void judgeRequest() throws IOException {
    try {
      judge();
    } catch (RefusedException e) {
      if (status == 403 || status == 404 || status == 405) {
        throw new IOException(e.getMessage(), e);
      }
      throw e;
    }
  }

  private boolean heals() {
    return switch (status) {
      case 401, 407, 408, 425, 429 -> true;
      default -> false;
    };
  }

  /** What was answered, on one line. */
  String told() {
    String redirect = status / 100 == 3 ? "; redirects are not followed: name the new address" : "";
    return place + " answered " + status + redirect + (text.isBlank() ? "" : ": " + shown(text));
  }

  /** The beginning of a text on one line, without what could move a cursor. */
  static String shown(String text) {
    String flat = text.strip().replaceAll("\\s+", " ");
    String cut = flat.substring(0, Math.min(SHOWN, flat.length()));
    String quoted = new JsonLine().text(cut).toString();
    return quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"");
  }
}
