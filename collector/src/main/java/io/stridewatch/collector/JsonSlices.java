package io.stridewatch.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.stridewatch.UnreadableRecordException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds where values lie in JSON bytes, so that they can be kept as they came instead of being
 * parsed and written again. Depth and sizes are bounded; keys may be given twice, and each is told.
 */
public final class JsonSlices {
  /** Reads bytes that strangers wrote: a deep nest is an error, not a stack overflow. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1000)
                  .maxStringLength(ByteLines.LONGEST)
                  .maxNameLength(1 << 20)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private JsonSlices() {}

  /** Takes one value after another. */
  @FunctionalInterface
  public interface Values {
    /**
     * A value.
     *
     * @param key its key in the object, null in an array
     * @param token the first token of the value
     * @param from its first byte
     * @param to behind its last byte
     */
    void accept(String key, JsonToken token, int from, int to);

    /**
     * Who takes the values inside an object or array, before it is taken itself; null when nobody
     * does.
     */
    default Values inside(String key, JsonToken token) {
      return null;
    }
  }

  /**
   * The members of an object, or elements of an array, each as a slice of {@code bytes}.
   *
   * @throws UnreadableRecordException when it is no JSON; what came before was told already
   */
  public static void each(byte[] bytes, int from, int to, Values values) {
    try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
      each(parser, at -> bytes[at], from, to, values);
    } catch (IOException e) {
      throw new UnreadableRecordException("not JSON: " + reason(e));
    }
  }

  /**
   * The same of bytes that lie in pieces; the values may let go of what lies before theirs.
   *
   * @throws UnreadableRecordException when it is no JSON; what came before was told already
   */
  public static void each(Chunks bytes, int from, int to, Values values) {
    try (JsonParser parser = JSON.createParser(bytes.stream(from, to))) {
      each(parser, bytes::at, from, to, values);
    } catch (IOException e) {
      throw new UnreadableRecordException("not JSON: " + reason(e));
    }
  }

  private interface Bytes {
    byte at(int index);
  }

  private static void each(JsonParser parser, Bytes bytes, int from, int to, Values values)
      throws IOException {
    JsonToken opened = parser.nextToken();
    if (opened == null || !opened.isStructStart()) {
      throw new UnreadableRecordException("JSON, but neither an object nor an array");
    }
    inside(parser, bytes, from, to, values);
  }

  private static void inside(JsonParser parser, Bytes bytes, int from, int to, Values values)
      throws IOException {
    while (true) {
      JsonToken token = parser.nextToken();
      String key = token == JsonToken.FIELD_NAME ? parser.currentName() : null;
      if (key != null) {
        token = parser.nextToken();
      }
      if (token == null || token.isStructEnd()) {
        return;
      }
      int begin = offset(from, parser.currentTokenLocation());
      Values inside = token.isStructStart() ? values.inside(key, token) : null;
      if (inside != null) {
        inside(parser, bytes, from, to, inside);
      } else if (token.isStructStart()) {
        parser.skipChildren();
      } else {
        parser.finishToken();
      }
      values.accept(key, token, begin, end(bytes, parser, from, to));
    }
  }

  /**
   * The string that the slice holds, without its quotes and escapes.
   *
   * @throws UnreadableRecordException when it holds none
   */
  public static String text(byte[] bytes, int from, int to) {
    try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
    } catch (IOException e) {
      throw new UnreadableRecordException("not a JSON string: " + reason(e));
    }
    throw new UnreadableRecordException("not a JSON string");
  }

  /** The value on one line: as it came when it is, else without the blanks between its tokens. */
  public static byte[] oneLine(byte[] bytes, int from, int to) {
    if (ByteLines.newline(bytes, from, to) < 0) {
      return Arrays.copyOfRange(bytes, from, to);
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(to - from);
    boolean quoted = false;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (quoted || b > ' ' || b < 0) {
        line.write(b);
      }
      if (quoted && b == '\\' && at + 1 < to) {
        line.write(bytes[++at]);
      } else if (b == '"') {
        quoted = !quoted;
      }
    }
    return line.toByteArray();
  }

  /** Numbers are read one byte too far: their end is looked for from behind. */
  private static int end(Bytes bytes, JsonParser parser, int from, int to) {
    int end = offset(from, parser.currentLocation());
    if (parser.currentToken().isNumeric()) {
      while (end > from && !scalar(bytes.at(end - 1))) {
        end--;
      }
    }
    return Math.min(end, to);
  }

  /** Only UTF-8 has byte offsets; a stranger may send UTF-16. */
  private static int offset(int from, JsonLocation location) {
    if (location.getByteOffset() < 0) {
      throw new UnreadableRecordException("not JSON in UTF-8");
    }
    return from + Math.toIntExact(location.getByteOffset());
  }

  private static boolean scalar(byte b) {
    return b >= '0' && b <= '9' || b == '.' || b == 'e' || b == 'E' || b == '-' || b == '+';
  }

  private static String reason(IOException e) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? "broken at byte " + json.getLocation().getByteOffset()
        : "not readable";
  }
}
