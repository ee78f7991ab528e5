package io.stridewatch.engine;

import io.stridewatch.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A view that asks for each field once, however many rules do. One thread. */
final class Remembered implements Fields {
  private final Fields view;
  private final Map<String, List<String>> values = new HashMap<>();

  Remembered(Fields view) {
    this.view = view;
  }

  @Override
  public List<String> values(String field) {
    List<String> known = values.get(field);
    if (known == null) {
      known = TimeFields.values(view, field);
      values.put(field, known);
    }
    return known;
  }

  @Override
  public boolean has(String field) {
    return view.has(field);
  }
}
