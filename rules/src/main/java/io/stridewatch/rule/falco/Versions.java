package io.stridewatch.rule.falco;

import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** The versions that a file may require, held against those whose answers are given here. */
final class Versions {
  private static final String ENGINE = "0.62.0";
  private static final Map<String, String> PLUGINS = Map.of("k8saudit", "0.18.0", "json", "0.7.4");

  private Versions() {}

  /** A number means {@code 0.NUMBER.0}. */
  static void engine(String required) {
    String version = required.matches("\\d+") ? "0." + required + ".0" : required;
    if (order(version, ENGINE) > 0) {
      throw new RefusedException(
          ("Rules require engine version " + required + ", but engine version is " + ENGINE)
              + ": what the file says may mean something else there; take a file for "
              + ENGINE);
    }
  }

  /** Plug-ins that this product does not stand in for are not looked at. */
  static void plugins(Item item) {
    for (Node node :
        Item.nodes(item.node("required_plugin_versions"), "required_plugin_versions")) {
      Item plugin = Item.of(item.file(), node);
      String name = plugin.needed("name");
      String required = plugin.needed("version");
      String have = PLUGINS.get(name);
      if (have != null && order(required, have) > 0) {
        throw new RefusedException(
            ("Plugin '" + name + "' version '" + have + "' is not compatible with required plugin")
                + (" version '" + required + "': take a file for " + have));
      }
    }
  }

  private static int order(String a, String b) {
    String[] left = a.split("\\.");
    String[] right = b.split("\\.");
    for (int i = 0; i < 3; i++) {
      int difference = Integer.compare(part(left, i, a), part(right, i, b));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static int part(String[] parts, int at, String version) {
    if (parts.length != 3 || !parts[at].matches("\\d{1,6}")) {
      throw new RefusedException("'" + version + "' is no version: write MAJOR.MINOR.PATCH");
    }
    return Integer.parseInt(parts[at]);
  }
}
