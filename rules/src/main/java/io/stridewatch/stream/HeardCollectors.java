package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The collectors that were heard for one scope and source, at most 64. One thread. */
final class HeardCollectors {
  private static final int MOST = 64;

  private final String scope;
  private final Source source;
  private final Map<Key, HeardCollector> collectors =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, HeardCollector> eldest) {
          return size() > MOST;
        }
      };

  private record Key(String name, String machine) {
    static Key of(JsonNode said) {
      return new Key(
          HeardCollector.cut(said.path("name").asText()),
          HeardCollector.cut(said.path("machine").asText()));
    }
  }

  HeardCollectors(String scope, Source source) {
    this.scope = scope;
    this.source = source;
  }

  /**
   * A heartbeat came.
   *
   * @return what is to be judged of it: that another machine says it is the same host
   */
  Optional<SourceRecord> beat(JsonNode said, long arrival) {
    Key key = Key.of(said);
    HeardCollector known = collectors.get(key);
    Optional<SourceRecord> clash = known == null ? clash(key, arrival) : Optional.empty();
    HeardCollector heard = known == null ? new HeardCollector(key.name, key.machine) : known;
    heard.beat(said, arrival);
    collectors.put(key, heard);
    return clash;
  }

  /** A cluster has many machines, a host has one. */
  private Optional<SourceRecord> clash(Key fresh, long arrival) {
    if (source == Source.KUBERNETES || fresh.machine.isEmpty()) {
      return Optional.empty();
    }
    return collectors.values().stream()
        .filter(HeardCollector::live)
        .map(HeardCollector::machine)
        .filter(machine -> !machine.isEmpty() && !machine.equals(fresh.machine))
        .findFirst()
        .map(
            machine ->
                Pipeline.machines(
                    scope, source, List.of(machine, fresh.machine), Instant.ofEpochMilli(arrival)));
  }

  /** Time went on: what has been silent for too long. */
  List<SourceRecord> tick(long arrival, long resumed) {
    List<SourceRecord> silent = new ArrayList<>(0);
    for (HeardCollector one : collectors.values()) {
      HeardCollector.Silence silence = one.tick(arrival, resumed);
      if (silence != null) {
        silent.add(
            Pipeline.silence(
                scope, source, one.name(), silence.from(), silence.at(), silence.why()));
      }
    }
    collectors.values().removeIf(one -> one.forgotten(arrival));
    return silent;
  }

  /** Whether one of them tells the time of its source. */
  boolean pace() {
    return collectors.values().stream().anyMatch(HeardCollector::paces);
  }

  Collection<HeardCollector> all() {
    return List.copyOf(collectors.values());
  }

  void write(JsonLine json) {
    json.open('[');
    collectors.values().forEach(one -> one.write(json));
    json.close(']');
  }

  void read(JsonNode json) {
    for (JsonNode one : json) {
      HeardCollector read = HeardCollector.read(one);
      collectors.put(new Key(read.name(), read.machine()), read);
    }
  }
}
