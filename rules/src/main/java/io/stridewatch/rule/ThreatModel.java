package io.stridewatch.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The threats that the product is to see, row by row, from {@code threats.yml} beside this class.
 */
public final class ThreatModel {
  private static final String FILE = "threats.yml";

  private ThreatModel() {}

  /**
   * One threat.
   *
   * @param id such as {@code D-E1}
   * @param signals what an audit stream shows when it happens
   * @param checks how many checks of the running configuration belong to it
   */
  public record Row(String id, String threat, List<Signal> signals, int checks) {
    public Row {
      signals = List.copyOf(signals);
    }
  }

  /** Something that a source shows; {@code source} is its label. */
  public record Signal(String source, String shows) {}

  /** In the document's order. */
  public static List<Row> rows() {
    try (InputStream in = ThreatModel.class.getResourceAsStream(FILE)) {
      Keys parts = new Keys(Yaml.documents(in.readAllBytes()).get(0), FILE);
      List<Row> rows = new ArrayList<>();
      for (String part : parts.names()) {
        Yaml.sequence(parts.node(part), part).getValue().forEach(node -> rows.add(row(node)));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(Node node) {
    Keys row = new Keys(node, "a row");
    List<Signal> signals = new ArrayList<>();
    for (Node each : Yaml.sequence(row.needed("runtime"), "'runtime'").getValue()) {
      Keys signal = new Keys(each, "a signal");
      signal.names().forEach(source -> signals.add(new Signal(source, signal.text(source))));
    }
    int checks =
        row.has("posture") ? Yaml.sequence(row.node("posture"), "'posture'").getValue().size() : 0;
    return new Row(row.text("id"), row.text("threat"), signals, checks);
  }
}
