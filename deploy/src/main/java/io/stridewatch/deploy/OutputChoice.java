package io.stridewatch.deploy;

import picocli.CommandLine.Option;

/** Whether a command prints for people or JSON lines. */
final class OutputChoice {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "pretty",
      description = "pretty or json (default: ${DEFAULT-VALUE}).")
  private OutputForm form;

  boolean json() {
    return form == OutputForm.json;
  }
}
