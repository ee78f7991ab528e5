package io.stridewatch.deploy;

import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.collector.recording.RejectedLine;
import io.stridewatch.collector.recording.SealedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Seals a stream into a recording: one file that replays anywhere and that can be proved whole. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = {
      "Seals records into one file that 'replay' plays and 'verify' proves whole.",
      "Without an input: what the events topic of the instance on this machine has kept. The recording holds what the"
          + " sources said, secrets too."
    })
final class RecordCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|-|topic:NAME",
      description = "What is sealed, as 'replay' takes it (default: topic:events).")
  private List<String> inputs = List.of("topic:events");

  @Option(
      names = "--to",
      paramLabel = "FILE",
      defaultValue = "-",
      description =
          "A new file, packed when it ends with .gz or .zst (default: -, standard output).")
  private String to;

  @Option(names = "--source", paramLabel = "SOURCE", description = "Records of this source alone.")
  private Source source;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "pretty",
      description = "Of the summary: pretty or json (default: ${DEFAULT-VALUE}).")
  private OutputForm form;

  @Mixin private RangeChoice range;
  @Mixin private InputChoice choice;
  @Spec private CommandSpec spec;
  private long records;
  private long rejected;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try (Recording recording = choice.recording(inputs, null);
        SealedWriter writer = writer()) {
      recording.forEach(event -> record(writer, event), line -> reject(writer, line));
      String seal = writer.seal();
      recording.faults().forEach(fault -> err.println("stridewatch: " + fault));
      err.println(form == OutputForm.json ? json(seal) : text(seal));
      return recording.faults().isEmpty() ? 0 : 1;
    } catch (UncheckedIOException e) {
      throw new CommandFault(to + ": can't be written on: " + e.getCause().getMessage());
    }
  }

  private SealedWriter writer() {
    try {
      return to.equals("-")
          ? new SealedWriter(new FileOutputStream(FileDescriptor.out))
          : SealedWriter.to(Path.of(to));
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private void record(SealedWriter writer, AuditEvent event) {
    boolean wanted = source == null || event.source() == source;
    if (!wanted || !range.has(event)) {
      return;
    }
    records++;
    try {
      writer.record(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reject(SealedWriter writer, RejectedLine line) {
    rejected++;
    spec.commandLine().getErr().println("stridewatch: can't be read, sealed as it is: " + line);
    try {
      writer.rejected(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(String seal) {
    return "%,d records sealed (%,d more could not be read); seal %s: keep it where the recording is not"
        .formatted(records, rejected, seal);
  }

  private String json(String seal) {
    JsonLine line = new JsonLine().open('{').key("records").number(records);
    return line.key("rejected").number(rejected).key("seal").text(seal).close('}').toString();
  }
}
