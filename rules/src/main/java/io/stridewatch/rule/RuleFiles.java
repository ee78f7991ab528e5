package io.stridewatch.rule;

import io.stridewatch.rule.falco.FalcoSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rule files that settings name, read again when their bytes have changed. A file that has
 * become faulty stands as it was when it was last sound. For one thread.
 */
public final class RuleFiles {
  private final List<Path> paths;
  private final boolean withBuiltIn;
  private final FalcoSettings falco;
  private final Map<String, byte[]> sound = new HashMap<>();
  private Map<String, byte[]> seen = Map.of();

  /** Of files and directories; beside the built-in rules, or in their place. */
  public RuleFiles(List<Path> paths, boolean withBuiltIn, FalcoSettings falco) {
    this.paths = List.copyOf(paths);
    this.withBuiltIn = withBuiltIn;
    this.falco = falco;
  }

  /**
   * What is to be in force now.
   *
   * @param rules without what was never sound
   * @param faults of the files as they are now
   */
  public record Read(RuleSet rules, List<Fault> faults) {
    public Read {
      faults = List.copyOf(faults);
    }
  }

  /** Nothing when no file has changed, come or gone since it was asked last. */
  public Optional<Read> changed() {
    List<Fault> unreadable = new ArrayList<>();
    List<RuleFile> files = RuleSet.files(paths, unreadable);
    Map<String, byte[]> now = new HashMap<>();
    files.forEach(file -> now.put(file.name(), file.bytes()));
    unreadable.forEach(
        fault -> now.put(fault.file(), fault.message().getBytes(StandardCharsets.UTF_8)));
    if (isSame(now)) {
      return Optional.empty();
    }
    seen = now;
    return Optional.of(read(files, unreadable));
  }

  private boolean isSame(Map<String, byte[]> now) {
    return now.keySet().equals(seen.keySet())
        && now.entrySet().stream()
            .allMatch(each -> Arrays.equals(each.getValue(), seen.get(each.getKey())));
  }

  private Read read(List<RuleFile> files, List<Fault> unreadable) {
    RuleSet fresh = RuleSet.of(beside(files), new ArrayList<>(unreadable), falco);
    Set<String> faulty = new HashSet<>();
    fresh.faults().forEach(fault -> faulty.add(fault.file()));
    List<RuleFile> standing = new ArrayList<>();
    for (RuleFile file : files) {
      byte[] last = sound.get(file.name());
      boolean falls = faulty.contains(file.name()) && last != null;
      standing.add(falls ? new RuleFile(file.name(), last) : file);
      if (!faulty.contains(file.name())) {
        sound.put(file.name(), file.bytes());
      }
    }
    RuleSet rules =
        faulty.isEmpty() ? fresh : RuleSet.of(beside(standing), new ArrayList<>(), falco);
    return new Read(rules, fresh.faults());
  }

  private List<RuleFile> beside(List<RuleFile> files) {
    List<RuleFile> all = new ArrayList<>(withBuiltIn ? BuiltIn.filesAtWork() : List.of());
    all.addAll(files);
    return all;
  }
}
