package io.stridewatch.event;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;

/** From a raw record to what it means, by its source. Pure: equal bytes give equal events. */
public final class Decoders {
  private Decoders() {}

  /**
   * Reads a record of the events topic. Its scope is the record's own, but for what names its host
   * itself (auditd's {@code node=}).
   *
   * @throws UnreadableRecordException when no later try will read it
   */
  public static AuditEvent decode(SourceRecord record) {
    return record.source() == Source.AUDITD
        ? AuditdDecoder.decode(record.scope(), record.value(), AuditdDecoder.part(record.id()))
            .with(record.found())
        : decode(record.source(), record.scope(), record.value());
  }

  /**
   * Reads raw bytes.
   *
   * @param defaultScope the host or cluster, when the record doesn't name it
   * @throws UnreadableRecordException when no later try will read them
   */
  public static AuditEvent decode(Source source, String defaultScope, byte[] raw) {
    switch (source) {
      case AUDITD:
        return AuditdDecoder.decode(defaultScope, raw);
      case DOCKER:
        return DockerEvent.decode(defaultScope, raw);
      case KUBERNETES:
        return KubernetesEvent.decode(defaultScope, raw);
      case PIPELINE:
        return PipelineEvent.decode(defaultScope, raw);
      default:
        throw new UnreadableRecordException("no decoder for records of " + source.label());
    }
  }
}
