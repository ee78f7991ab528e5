package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The record that puts rules in force in its partition, from the next record on. */
final class Marker {
  private static final int LONGEST = 4096;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Marker() {}

  /** Whether a record says that it is one. */
  static boolean is(ConsumerRecord<byte[], byte[]> record) {
    return Pipeline.RULES.equals(Envelope.textOrNull(record.headers(), "ce_type"));
  }

  /** Whether a set is to be had. */
  interface Sets {
    boolean has(String digest) throws IOException;
  }

  /** What the first marker of a stretch names whose set is to be had; null when there is none. */
  static String first(Range events, long from, long to, Sets sets) throws IOException {
    String[] first = {null};
    events.until(
        from,
        to,
        record -> {
          String named = named(record);
          first[0] = named != null && sets.has(named) ? named : null;
          return first[0] != null;
        });
    return first[0];
  }

  /** What a record names; null when it is no marker, or a broken one. */
  private static String named(ConsumerRecord<byte[], byte[]> record) {
    try {
      return is(record) ? digest(record.value()) : null;
    } catch (UnreadableRecordException e) {
      return null;
    }
  }

  /**
   * The digest of the set that it names.
   *
   * @throws UnreadableRecordException when it is broken
   */
  static String digest(byte[] value) {
    try {
      JsonNode json = value == null || value.length > LONGEST ? null : JSON.readTree(value);
      String digest = json == null ? "" : json.path("digest").asText();
      if (!DIGEST.matcher(digest).matches()) {
        throw new UnreadableRecordException("broken marker: it has no digest of rules");
      }
      return digest;
    } catch (IOException e) {
      throw new UnreadableRecordException("broken marker: not the JSON that we write");
    }
  }
}
