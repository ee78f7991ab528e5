package io.stridewatch.collector;

import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A time of which a source's records are missing, as it is told on the events topic: {@code
 * {"kind":"gap","time":...,"of":"auditd","from":...,"to":...,"lost":...,"why":...}}.
 *
 * @param of whose records
 * @param lost how many; 0 where nobody knows
 */
public record Gap(String of, Instant from, Instant to, long lost, String why) {

  /** The raw value of its record. */
  public byte[] raw() {
    JsonLine gap = new JsonLine().open('{').key("kind").text("gap");
    gap.key("time").text(Times.text(to)).key("of").text(of);
    gap.key("from").text(Times.text(from)).key("to").text(Times.text(to));
    if (lost > 0) {
      gap.key("lost").number(lost);
    }
    return gap.key("why").text(why).close('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Its record. */
  public SourceRecord record(String address, String scope) {
    return SourceRecords.of(Source.PIPELINE, address, scope, raw());
  }
}
