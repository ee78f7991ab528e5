package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.collector.recording.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves that sealed recordings are whole, and that alerts' evidence lies in them. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Proves that recordings are as 'record' sealed them; status 1 when one is not.",
      "Who can write the file could have sealed another: compare its seal with the one that you kept."
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "RECORDING", description = "Sealed recordings.")
  private List<Path> files;

  @Option(
      names = "--seal",
      paramLabel = "HEX",
      description = "What 'record' told, for one recording.")
  private String seal;

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description = "Alerts, one a line: each record of their evidence must lie in a recording.")
  private Path alerts;

  @Mixin private OutputChoice output;

  @Spec private CommandSpec spec;
  private boolean faulty;

  @Override
  public Integer call() {
    if (seal != null && files.size() > 1) {
      throw new ParameterException(spec.commandLine(), "--seal is of one recording: name one");
    }
    Evidences evidences = evidences();
    for (Path file : files) {
      Proof proof = Proof.of(file, evidences == null ? null : evidences::found);
      tell(file.toString(), proof.records(), proof.seal(), fault(proof));
    }
    if (evidences != null) {
      evidences.faults().forEach(fault -> tell(alerts.toString(), 0, null, fault));
    }
    return faulty ? 1 : 0;
  }

  private Evidences evidences() {
    if (alerts == null) {
      return null;
    }
    try {
      return Evidences.of(Files.newBufferedReader(alerts));
    } catch (IOException e) {
      throw new CommandFault(alerts + ": can't be read as alerts: " + e.getMessage());
    }
  }

  private String fault(Proof proof) {
    if (proof.fault() == null && seal != null && !seal.equalsIgnoreCase(proof.seal())) {
      return "is whole, but sealed with " + proof.seal() + ": it is not the one that you mean";
    }
    return proof.fault();
  }

  private void tell(String file, long records, String found, String fault) {
    faulty |= fault != null;
    String line =
        output.json()
            ? json(file, records, found, fault)
            : fault != null
                ? file + ": " + fault
                : "%s: whole, %,d records, seal %s".formatted(file, records, found);
    spec.commandLine().getOut().println(line);
  }

  private static String json(String file, long records, String found, String fault) {
    JsonLine line = new JsonLine().open('{').key("file").text(file);
    line.key("whole").bool(fault == null).key("records").number(records);
    return line.key("seal").text(found).key("fault").text(fault).close('}').toString();
  }
}
