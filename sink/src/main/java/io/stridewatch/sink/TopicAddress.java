package io.stridewatch.sink;

import io.stridewatch.sink.form.Form;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic of Kafka's as people write it: {@code TOPIC} on the alerts' own cluster, or {@code
 * HOST:PORT[,HOST:PORT]/TOPIC} on another, with {@code #form=ecs&config=FILE}.
 *
 * @param bootstrap empty: the alerts' own cluster
 * @param config properties of that cluster's clients, their security
 */
public record TopicAddress(
    Optional<String> bootstrap, String topic, Form form, Optional<Path> config) {
  private static final String SERVER = "(?:[A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+]):[0-9]{1,5}";
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(%1$s(?:,%1$s)*)/)?([A-Za-z0-9._-]{1,249})(?:#(.*))?".formatted(SERVER));
  private static final Set<String> OPTIONS = Set.of("form", "config");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException that says what is wrong with it and what would do
   */
  public static TopicAddress of(String text) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw new IllegalArgumentException(
          "sink kafka needs a topic: kafka=TOPIC on the alerts' own Kafka, kafka=HOST:PORT/TOPIC on"
              + " another");
    }
    Map<String, String> options = options(address.group(3));
    Optional<String> bootstrap = Optional.ofNullable(address.group(1));
    Optional<Path> config = Optional.ofNullable(options.get("config")).map(Path::of);
    if (config.isPresent() && bootstrap.isEmpty()) {
      throw new IllegalArgumentException(
          "sink kafka: config=FILE is for another cluster, kafka=HOST:PORT/TOPIC");
    }
    Form form = Form.of(options.getOrDefault("form", "json"));
    return new TopicAddress(bootstrap, address.group(2), form, config);
  }

  private static Map<String, String> options(String fragment) {
    Map<String, String> options = new HashMap<>();
    for (String option : fragment == null ? new String[0] : fragment.split("&")) {
      int equals = option.indexOf('=');
      if (equals < 0 || !OPTIONS.contains(option.substring(0, equals))) {
        throw new IllegalArgumentException(
            "sink kafka has no option '" + option + "': write #form=NAME&config=FILE");
      }
      options.put(option.substring(0, equals), option.substring(equals + 1));
    }
    return options;
  }
}
