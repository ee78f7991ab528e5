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

  /** Signals that no rule can see, each with the reason. */
  private static final String UNSEEN = "unseen.yml";

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

  /**
   * Something that a source shows.
   *
   * @param id the row and its place in it, from 1: {@code D-S1.2}, as rules name it
   * @param source its label
   * @param unseen why no built-in rule sees it; empty where one does
   */
  public record Signal(String id, String source, String shows, String unseen) {}

  /** In the document's order. */
  public static List<Row> rows() {
    Keys unseen = read(UNSEEN);
    Keys parts = read(FILE);
    List<Row> rows = new ArrayList<>();
    for (String part : parts.names()) {
      Yaml.sequence(parts.node(part), part).getValue().forEach(node -> rows.add(row(node, unseen)));
    }
    return rows;
  }

  private static Keys read(String file) {
    try (InputStream in = ThreatModel.class.getResourceAsStream(file)) {
      return new Keys(Yaml.documents(in.readAllBytes()).get(0), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(Node node, Keys unseen) {
    Keys row = new Keys(node, "a row");
    List<Signal> signals = new ArrayList<>();
    for (Node each : Yaml.sequence(row.needed("runtime"), "'runtime'").getValue()) {
      Keys signal = new Keys(each, "a signal");
      String source = signal.names().iterator().next();
      String id = row.text("id") + "." + (signals.size() + 1);
      signals.add(new Signal(id, source, signal.text(source), unseen.text(id)));
    }
    int checks =
        row.has("posture") ? Yaml.sequence(row.node("posture"), "'posture'").getValue().size() : 0;
    return new Row(row.text("id"), row.text("threat"), signals, checks);
  }
}
