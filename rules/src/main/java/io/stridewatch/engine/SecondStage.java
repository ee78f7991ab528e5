package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The rules of one engine that link scopes. What the first stage has for them becomes links; those
 * that come to this engine are counted in one lane, whose time is the first stage's as a whole. One
 * thread.
 */
final class SecondStage {
  /** What its lane is called where scopes are; no scope is. */
  static final String SCOPE = "\0links";

  /** What is in common is a name; what is longer is somebody's play. */
  private static final int LONGEST = 4096;

  private final Changelog changelog;
  private final Map<Integer, String> tags = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Link> links = new ArrayList<>(0);
  private Memories memories;
  private Scope scope;
  private boolean apart;
  private long late;

  SecondStage(Changelog changelog) {
    this.changelog = changelog;
  }

  /** Goes on with these rules; what is the same keeps what it remembers. */
  void adopt(List<CompiledRule> active, Set<Integer> gone) {
    memories = new Memories(active, memories, true, changelog);
    tags.clear();
    numbers.clear();
    for (CompiledRule rule : active) {
      if (memories.parts().contains(rule.number())) {
        String tag = Memories.tag(rule);
        tags.put(rule.number(), tag);
        numbers.put(tag, rule.number());
      }
    }
    if (scope != null) {
      scope.lane().adopt(memories, gone);
    }
  }

  /** What its rules remember. */
  Memories memories() {
    return memories;
  }

  /** Where it counts. */
  void countsIn(Scope lane) {
    scope = lane;
  }

  Scope scope() {
    return scope;
  }

  /** Has links given out, rather than counted here. */
  void apart() {
    apart = true;
  }

  boolean isApart() {
    return apart;
  }

  /** Whether it has rules about events of the source. */
  boolean reads(Source source) {
    return memories.reads(source);
  }

  /** An event matches these rules about one. */
  void take(AuditEvent event, List<Integer> matched) {
    if (memories.isPart(matched)) {
      take(Fired.at(-1, event), matched);
    }
  }

  /** A rule with memory fired. */
  void take(Fired fired) {
    if (tags.containsKey(fired.number())) {
      take(fired, List.of(fired.number()));
    }
  }

  private void take(Fired fired, List<Integer> matched) {
    Map<List<Object>, Link> each = new LinkedHashMap<>();
    for (Match match : memories.matches(fired, matched)) {
      Memory memory = match.memory();
      if (length(match.group()) + length(fired.group()) > LONGEST) {
        continue;
      }
      List<String> parts =
          matched.stream().filter(part -> memory.steps(part) != 0).map(tags::get).sorted().toList();
      String tag = memory.groups().tag();
      each.put(List.of(tag, match.group()), new Link(tag, match.group(), parts, fired));
    }
    links.addAll(each.values());
  }

  private static int length(List<String> group) {
    return group.stream().mapToInt(String::length).sum();
  }

  /** Gives what was taken, and not yet given, as keys and values. */
  void drain(BiConsumer<String, byte[]> topic) {
    if (!links.isEmpty()) {
      links.forEach(link -> topic.accept(link.key(), link.written()));
      links.clear();
    }
  }

  /** Counts its own links; false when there are none. */
  boolean settle() {
    if (links.isEmpty()) {
      return false;
    }
    links.forEach(this::accept);
    links.clear();
    return true;
  }

  /** Keeps a link until its time. */
  void accept(Link link) {
    if (link.fired().nanos() < scope.lane().released()) {
      late++;
      return;
    }
    List<Match> matches = matches(link);
    if (!matches.isEmpty()) {
      scope.lane().add(link, new Pending(link.fired().completing(), matches));
      link.fired().window().shown().forEach(AuditEvent::rest);
    }
  }

  /** None when no rule in force has that tag. */
  List<Match> matches(Link link) {
    Memory memory = memories.memory(link.rule());
    if (memory == null) {
      return List.of();
    }
    long steps = 0;
    for (String part : link.parts()) {
      steps |= numbers.containsKey(part) ? memory.steps(numbers.get(part)) : 0;
    }
    return memory.matches(link.fired(), steps).stream()
        .filter(match -> match.group().equals(link.group()))
        .toList();
  }

  /** Whether time must go on before all is judged. */
  boolean waits() {
    return scope.lane().waits() || memories.awaits();
  }

  long late() {
    return late;
  }
}
