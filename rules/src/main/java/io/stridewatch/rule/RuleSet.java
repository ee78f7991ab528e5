package io.stridewatch.rule;

import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.falco.FalcoOutput;
import io.stridewatch.rule.falco.FalcoSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules that are in force together, and what was wrong with the files. Immutable. A fault takes
 * away one document, not the others.
 */
public final class RuleSet {
  private final List<Rule> rules;
  private final List<Fault> faults;
  private final List<Fault> ignored;
  private final List<Fault> hints;
  private final List<String> firsts;
  private final Map<String, FalcoOutput> outputs;
  private final RuleSources sources;

  private RuleSet(
      List<Rule> rules,
      List<Fault> faults,
      List<Fault> ignored,
      List<Fault> hints,
      List<String> firsts,
      Map<String, FalcoOutput> outputs,
      RuleSources sources) {
    this.sources = sources;
    List<Rule> sorted = new ArrayList<>(silenced(rules));
    sorted.sort(Comparator.comparing(Rule::id).thenComparing(Rule::file).thenComparing(Rule::line));
    this.rules = List.copyOf(sorted);
    this.faults = List.copyOf(faults);
    this.ignored = List.copyOf(ignored);
    this.hints = List.copyOf(hints);
    this.firsts = List.copyOf(firsts);
    this.outputs = Map.copyOf(outputs);
  }

  /** The rules that the product brings, with their examples. */
  public static RuleSet builtIn() {
    return of(BuiltIn.files(), new ArrayList<>(), FalcoSettings.usual());
  }

  /**
   * The same rules without their examples, for who only judges by them: read in a fifth of the
   * time.
   */
  public static RuleSet builtInAtWork() {
    return of(BuiltIn.filesAtWork(), new ArrayList<>(), FalcoSettings.usual());
  }

  /** The rules of files and directories, these searched to the bottom for .yml and .yaml. */
  public static RuleSet read(List<Path> paths) {
    return read(paths, FalcoSettings.usual());
  }

  /** The same; of Falco's files under those settings of Falco's. */
  public static RuleSet read(List<Path> paths, FalcoSettings falco) {
    return read(paths, List.of(), falco);
  }

  /**
   * The same beside the built-in rules: lists, filters and correlations of these files may name
   * what the built-in ones have.
   */
  public static RuleSet readWithBuiltIn(List<Path> paths, FalcoSettings falco) {
    return read(paths, BuiltIn.files(), falco);
  }

  /** The same without the built-in rules' examples. */
  public static RuleSet readWithBuiltInAtWork(List<Path> paths, FalcoSettings falco) {
    return read(paths, BuiltIn.filesAtWork(), falco);
  }

  private static RuleSet read(List<Path> paths, List<RuleFile> first, FalcoSettings falco) {
    List<Fault> faults = new ArrayList<>();
    List<RuleFile> files = new ArrayList<>(first);
    files.addAll(files(paths, faults));
    return of(files, faults, falco);
  }

  /** The files of these paths; what can't be read is added to the faults. */
  static List<RuleFile> files(List<Path> paths, List<Fault> faults) {
    List<RuleFile> files = new ArrayList<>();
    for (Path path : paths) {
      try {
        List<Path> found = RuleFile.find(path);
        if (found.isEmpty()) {
          faults.add(new Fault(path.toString(), 0, "no .yml or .yaml file below it: name another"));
        }
        for (Path file : found) {
          files.add(new RuleFile(file.toString(), Files.readAllBytes(file)));
        }
      } catch (NoSuchFileException e) {
        faults.add(new Fault(path.toString(), 0, "not there: check the path"));
      } catch (IOException | UncheckedIOException e) {
        faults.add(new Fault(path.toString(), 0, "can't be read: " + e.getMessage()));
      }
    }
    return files;
  }

  /** The rules of a text, as if it were a file of that name. */
  public static RuleSet of(String file, String text) {
    return of(file, text, FalcoSettings.usual());
  }

  /** The same; of Falco's file under those settings of Falco's. */
  public static RuleSet of(String file, String text, FalcoSettings falco) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(List.of(new RuleFile(file, bytes)), new ArrayList<>(), falco);
  }

  static RuleSet of(List<RuleFile> files, List<Fault> faults, FalcoSettings falco) {
    Reading reading = new Reading(faults, falco);
    files.forEach(reading::read);
    return new RuleSet(
        reading.rules(),
        reading.faults(),
        reading.ignored(),
        reading.hints(),
        reading.firsts(),
        reading.outputs(),
        new RuleSources(files, falco));
  }

  /** A rule speaks for itself unless correlations name it and none of them lets it. */
  private static List<Rule> silenced(List<Rule> rules) {
    Set<String> silent = new HashSet<>();
    Set<String> speaking = new HashSet<>();
    for (Rule rule : rules) {
      if (rule.logic() instanceof Correlation correlation) {
        Set<String> named = correlation.generate() ? speaking : silent;
        correlation.rules().forEach(part -> named.add(part.place()));
      }
    }
    silent.removeAll(speaking);
    return rules.stream().map(rule -> rule.silent(silent.contains(rule.place()))).toList();
  }

  /** These rules and the other's. */
  public RuleSet plus(RuleSet other) {
    List<Rule> both = new ArrayList<>(rules);
    both.addAll(other.rules);
    List<Fault> wrong = new ArrayList<>(faults);
    wrong.addAll(other.faults);
    List<Fault> foreign = new ArrayList<>(ignored);
    foreign.addAll(other.ignored);
    List<String> first = new ArrayList<>(firsts);
    first.addAll(other.firsts);
    Map<String, FalcoOutput> told = new HashMap<>(outputs);
    told.putAll(other.outputs);
    List<Fault> odd = new ArrayList<>(hints);
    odd.addAll(other.hints);
    return new RuleSet(both, wrong, foreign, odd, first, told, sources.plus(other.sources));
  }

  /** What they were read from. */
  public RuleSources sources() {
    return sources;
  }

  /** Sorted by id. */
  public List<Rule> rules() {
    return rules;
  }

  /** What could not be loaded, in the order in which it was read. */
  public List<Fault> faults() {
    return faults;
  }

  /** Rules about log sources that we do not read: left out, and no fault. */
  public List<Fault> ignored() {
    return ignored;
  }

  /**
   * Whether of several rules that match an event this one speaks only when it comes first: its
   * place among those, from 0; else -1.
   */
  public int precedence(Rule rule) {
    return firsts.indexOf(rule.place());
  }

  /** What alerts of Falco's rules say in Falco's form, by the id of the rule. */
  public Map<String, FalcoOutput> falcoOutputs() {
    Map<String, FalcoOutput> byId = new HashMap<>();
    for (Rule rule : rules) {
      FalcoOutput output = outputs.get(rule.place());
      if (output != null) {
        byId.put(rule.id(), output);
      }
    }
    return byId;
  }

  /** Whether it was read from a file of Falco's, which has no place for examples and remedies. */
  boolean isFalcos(Rule rule) {
    return outputs.containsKey(rule.place());
  }

  /** Where rules of Falco's say hardly what their author meant, and what to write instead. */
  List<Fault> hints() {
    return hints;
  }
}
