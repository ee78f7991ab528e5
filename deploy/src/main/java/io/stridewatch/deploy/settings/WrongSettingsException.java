package io.stridewatch.deploy.settings;

import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with the settings, at once: one line a fault. */
public final class WrongSettingsException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  WrongSettingsException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** Those of the file by line, then of the environment, of the flags, of how they go together. */
  public List<Fault> faults() {
    return faults;
  }

  /** Whether all of it is the command line's fault: wrong usage, rather than a wrong set-up. */
  public boolean usage() {
    return faults.stream().allMatch(Fault::usage);
  }
}
