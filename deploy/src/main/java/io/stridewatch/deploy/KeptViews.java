package io.stridewatch.deploy;

import io.stridewatch.sink.view.Views;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;

/** What people said of alerts, and what was learned of them, as an instance keeps it. */
final class KeptViews {
  private KeptViews() {}

  /** All of it by now. */
  static Views of(Kafka kafka) throws IOException {
    Views views = new Views();
    try (ViewsTopic topic = new ViewsTopic(kafka, views::accept)) {
      topic.load();
    }
    return views;
  }
}
