package io.stridewatch.sink.form;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Stride;

/**
 * An alert in ArcSight's Common Event Format (Implementing ArcSight CEF, revision 25): {@code
 * CEF:0|vendor|product|version|rule|title|severity|extension}. Values longer than the dictionary
 * allows are cut. The evidence is named, not quoted: CEF has no place for raw records.
 */
final class Cef {
  private static final int SHORT = 1023;
  private static final int CUSTOM = 4000;

  private final StringBuilder out = new StringBuilder(1024);

  private Cef() {}

  static String line(Alert alert) {
    Cef cef = new Cef();
    cef.header(alert);
    cef.extension(alert);
    return cef.out.toString();
  }

  private void header(Alert alert) {
    out.append("CEF:0|stridewatch|stridewatch|").append(head(Alert.SCHEMA)).append('|');
    out.append(head(alert.rule()))
        .append('|')
        .append(head(Text.cut(alert.title(), 512)))
        .append('|');
    out.append(Text.ofTen(alert.severity())).append('|');
  }

  private void extension(Alert alert) {
    out.append("rt=").append(alert.time().toEpochMilli());
    field("externalId", alert.id(), 40);
    field("dvchost", alert.scope(), 100);
    field("msg", alert.summary(), SHORT);
    field("suser", Text.name(alert.actor()), SHORT);
    out.append(" cnt=").append(alert.count());
    out.append(" start=").append(alert.first().toEpochMilli());
    out.append(" end=").append(alert.last().toEpochMilli());
    custom(1, "stride", Text.joined(alert.stride().stream().map(Stride::label).toList()));
    custom(2, "threats", Text.joined(alert.threats()));
    custom(3, "tags", Text.joined(alert.tags()));
    custom(4, "target", Text.entity(alert.target()));
    custom(5, "evidence", Text.joined(alert.evidence().stream().map(Evidence::ref).toList()));
    custom(6, "remedy", alert.remedy());
  }

  private void custom(int number, String label, String value) {
    if (value != null && !value.isEmpty()) {
      field("cs" + number + "Label", label, SHORT);
      field("cs" + number, value, CUSTOM);
    }
  }

  private void field(String key, String value, int longest) {
    if (value != null && !value.isEmpty()) {
      String escaped =
          Text.shown(Text.cut(value, longest)).replace("\\", "\\\\").replace("=", "\\=");
      out.append(' ').append(key).append('=').append(escaped);
    }
  }

  /** No line breaks are left, so CEF's own {@code \n} is never needed. */
  private static String head(String value) {
    return Text.shown(Text.cut(value, SHORT)).replace("\\", "\\\\").replace("|", "\\|");
  }
}
