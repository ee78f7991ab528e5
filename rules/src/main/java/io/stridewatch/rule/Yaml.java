package io.stridewatch.rule;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML as nodes with their places; scalars keep the file's spelling. Bounds: 32 MiB a file, 50
 * levels, 50 aliases.
 */
final class Yaml {
  private static final int BYTES = 32 << 20;

  private Yaml() {}

  /** The documents of a file. Throws {@link UnreadableRuleException}. */
  static List<Node> documents(byte[] file) {
    List<Node> documents = new ArrayList<>();
    try {
      Composer composer = composer(text(file));
      while (composer.checkNode()) {
        documents.add(composer.getNode());
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new UnreadableRuleException(
          line,
          "not YAML: "
              + oneLine(e.getProblem())
              + ": check the indentation, and quote values with ': ', ' #' or brackets in them");
    } catch (YAMLException e) {
      throw new UnreadableRuleException(0, "not YAML: " + oneLine(e.getMessage()));
    }
    return documents;
  }

  private static Composer composer(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(BYTES);
    options.setAllowDuplicateKeys(false);
    StreamReader reader = new StreamReader(new StringReader(text));
    return new Composer(new ParserImpl(reader, options), new Resolver(), options);
  }

  private static String text(byte[] file) {
    if (file.length > BYTES) {
      throw new UnreadableRuleException(0, "larger than 32 MiB: divide it into several files");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableRuleException(0, "not UTF-8: save it as UTF-8");
    }
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s+", " ");
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** The text of a scalar. */
  static String scalar(Node node, String what) {
    if (node instanceof ScalarNode scalar) {
      return isNull(node) ? "" : scalar.getValue();
    }
    throw new UnreadableRuleException(
        line(node), what + " is " + kind(node) + ": write one value there");
  }

  /** The texts of a list of scalars, or of a single one. */
  static List<String> scalars(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(item -> scalar(item, what)).toList();
    }
    return isNull(node) ? List.of() : List.of(scalar(node, what));
  }

  static MappingNode mapping(Node node, String what) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw new UnreadableRuleException(
        line(node), what + " is " + kind(node) + ": write keys and values there");
  }

  static SequenceNode sequence(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence;
    }
    throw new UnreadableRuleException(
        line(node), what + " is " + kind(node) + ": write a list there");
  }

  private static String kind(Node node) {
    if (node.getNodeId() == NodeId.scalar) {
      return isNull(node) ? "empty" : "a single value";
    }
    return node.getNodeId() == NodeId.mapping ? "a map" : "a list";
  }
}
