package io.stridewatch.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the values of secrets in a raw record by {@code ***} and leaves every other byte as it
 * is. Secrets are what Kubernetes keeps in one ({@code data}, {@code stringData}, and both again in
 * kubectl's annotation) and tokens of TokenRequest and TokenReview.
 *
 * @param masked the record
 * @param places where, as JSON paths
 */
record Masking(byte[] masked, List<String> places) {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();
  private static final byte[] STARS = {'"', '*', '*', '*', '"'};

  static Masking of(AuditEvent event) {
    if (event.source() != Source.KUBERNETES) {
      return new Masking(event.raw(), List.of());
    }
    String resource = String.join(" ", event.values("objectRef.resource"));
    boolean secret = resource.equals("secrets");
    boolean token =
        resource.equals("tokenreviews")
            || String.join(" ", event.values("objectRef.subresource")).equals("token");
    if (!secret && !token) {
      return new Masking(event.raw(), List.of());
    }
    return new Scan(event.raw(), secret).masking();
  }

  /** One walk over the record's tokens. */
  private static final class Scan {
    private final byte[] raw;
    private final boolean secret;
    private final List<String> places = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int copied;

    Scan(byte[] raw, boolean secret) {
      this.raw = raw;
      this.secret = secret;
    }

    /** What can't be walked to its end is shown up to there, and not further. */
    Masking masking() {
      try (JsonParser parser = FACTORY.createParser(raw)) {
        while (parser.nextToken() != null) {
          if (parser.currentToken() == JsonToken.VALUE_STRING) {
            string(parser);
          }
        }
        out.write(raw, copied, raw.length - copied);
      } catch (IOException e) {
        places.add("the rest: not JSON");
      }
      return new Masking(out.toByteArray(), places);
    }

    private void string(JsonParser parser) throws IOException {
      String path = parser.getParsingContext().pathAsPointer().toString().substring(1);
      if (isSecret(path.split("/", -1))) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        out.write(raw, copied, start - copied);
        out.writeBytes(STARS);
        copied = end;
        places.add(path.replace('/', '.'));
      }
    }

    /** {@code requestObject.data.x}, {@code responseObject.items.0.stringData.x} and the like. */
    private boolean isSecret(String[] path) {
      if (!path[0].equals("requestObject") && !path[0].equals("responseObject")) {
        return false;
      }
      String parent = path.length > 1 ? path[path.length - 2] : "";
      String last = path[path.length - 1];
      if (!secret) {
        return last.equals("token") && (parent.equals("status") || parent.equals("spec"));
      }
      return parent.equals("data")
          || parent.equals("stringData")
          || last.equals("kubectl.kubernetes.io~1last-applied-configuration");
    }
  }
}
