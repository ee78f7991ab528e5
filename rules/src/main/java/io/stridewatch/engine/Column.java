package io.stridewatch.engine;

import io.stridewatch.Fields;
import java.util.List;

/** What each view of an event says of one field: each is asked once, however many rules do. */
final class Column {
  private final String field;
  private final Fields[] views;
  private final List<String>[] spelled;
  private final List<String>[] folded;

  Column(String field, Fields[] views) {
    this.field = field;
    this.views = views;
    this.spelled = row(views.length);
    this.folded = row(views.length);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<String>[] row(int views) {
    return new List[views];
  }

  /** The values in that view, as they are spelled. */
  List<String> of(int view) {
    if (spelled[view] == null) {
      spelled[view] = TimeFields.values(views[view], field);
    }
    return spelled[view];
  }

  /** The same with upper and lower case made one. */
  List<String> folded(int view) {
    if (folded[view] == null) {
      boolean common = view > 0 && of(view) == of(view - 1);
      folded[view] = common ? folded(view - 1) : Fold.of(of(view));
    }
    return folded[view];
  }

  /** Whether the field is there, be it empty. */
  boolean isThere(int view) {
    return views[view].has(field);
  }
}
