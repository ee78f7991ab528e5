package io.stridewatch.sink.form;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Stride;
import io.stridewatch.Times;

/**
 * An alert in IBM QRadar's Log Event Extended Format, version 2.0 (Reference Guide for DSM): {@code
 * LEEF:2.0|vendor|product|version|event id|delimiter|attributes}. The delimiter is {@code ^}, not
 * the usual tab, which syslog servers change. A value's delimiter and a header's pipe are escaped
 * as control characters are, since LEEF knows no way of its own. The evidence is named, not quoted.
 */
final class Leef {
  private static final int LONGEST = 4000;
  private static final char DELIMITER = '^';

  private final StringBuilder out = new StringBuilder(1024);

  private Leef() {}

  static String line(Alert alert) {
    Leef leef = new Leef();
    leef.out.append("LEEF:2.0|stridewatch|stridewatch|1|").append(head(alert.rule()));
    leef.out.append("|^|");
    leef.attributes(alert);
    return leef.out.toString();
  }

  private void attributes(Alert alert) {
    out.append("devTime=").append(Times.text(alert.time()), 0, 23);
    attribute("devTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSS");
    attribute("sev", Integer.toString(Text.ofTen(alert.severity())));
    attribute("cat", Text.joined(alert.stride().stream().map(Stride::label).toList()));
    attribute("usrName", Text.name(alert.actor()));
    attribute("identHostName", alert.scope());
    attribute("alertId", alert.id());
    attribute("title", alert.title());
    attribute("msg", alert.summary());
    attribute("target", Text.entity(alert.target()));
    attribute("threats", Text.joined(alert.threats()));
    attribute("tags", Text.joined(alert.tags()));
    attribute("count", Long.toString(alert.count()));
    attribute("evidence", Text.joined(alert.evidence().stream().map(Evidence::ref).toList()));
    attribute("remedy", alert.remedy());
  }

  private void attribute(String key, String value) {
    if (value != null && !value.isEmpty()) {
      out.append(DELIMITER)
          .append(key)
          .append('=')
          .append(Text.shown(Text.cut(value, LONGEST)).replace("^", "\\u005e"));
    }
  }

  private static String head(String value) {
    return Text.shown(Text.cut(value, 1023)).replace("|", "\\u007c");
  }
}
