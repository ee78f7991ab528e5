package io.stridewatch.collector.recording;

import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.JsonSlices;
import io.stridewatch.collector.docker.AuthzRecord;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * What was asked beside the event stream, as the line that follows its event in a record.
 *
 * @param key which event it belongs to, see {@link Facts}
 * @param nanos when it became known; {@link Long#MIN_VALUE} when that is not told
 * @param line {@code {"fact":...}}
 */
record Fact(String key, long nanos, byte[] line) {
  private static final String ANSWER = "{\"fact\":\"inspect\",\"asked\":";
  private static final String PLUGIN = "/AuthZPlugin.";
  private static final String CALL = "{\"fact\":\"authz\",\"asked\":\"";

  /**
   * An answer of the engine: {@code {"asked","after","event","status","id","body"}}.
   *
   * @throws UnreadableRecordException when one of these is missing
   */
  static Fact answer(byte[] json, int from, int to) {
    Members members = new Members(json, from, to);
    long event = nanos(members.text("event"));
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes(ascii(ANSWER));
    line.writeBytes(members.raw("asked"));
    line.writeBytes(ascii(",\"status\":"));
    line.writeBytes(members.raw("status"));
    if (new String(members.raw("status"), StandardCharsets.US_ASCII).equals("200")) {
      line.writeBytes(ascii(",\"body\":"));
      line.writeBytes(members.raw("body"));
    }
    line.write('}');
    return new Fact(Facts.at(members.text("id"), event), event, line.toByteArray());
  }

  /**
   * A call of an authorisation plug-in that is a record of its own.
   *
   * @return null when it is none
   */
  static byte[] request(byte[] json, int from, int to) {
    Members members = new Members(json, from, to);
    String call = members.text("call");
    if (!members.has("t") || !call.startsWith(PLUGIN)) {
      return null;
    }
    long nanos = number(members.raw("t"));
    return AuthzRecord.of(call.substring(PLUGIN.length()), nanos, members.raw("body"));
  }

  /** A container as {@code docker inspect} prints it: nobody knows when. */
  static Fact container(byte[] json, int from, int to) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes(ascii("{\"fact\":\"inspect\",\"status\":200,\"body\":"));
    line.writeBytes(JsonSlices.oneLine(json, from, to));
    line.write('}');
    String id = new Members(json, from, to).text("Id");
    return new Fact(Facts.always(id), Long.MIN_VALUE, line.toByteArray());
  }

  /**
   * A call of an authorisation plug-in, when it is the answer to the creation of a container: it
   * holds the request's whole body and the new id in one.
   *
   * @return null for any other call
   */
  static Fact call(byte[] json, int from, int to) {
    Members members = new Members(json, from, to);
    if (!members.text("call").equals(PLUGIN + "AuthZRes")) {
      return null;
    }
    byte[] body = members.raw("body");
    Members call = new Members(body, 0, body.length);
    if (!call.has("ResponseBody")
        || !call.text("RequestMethod").equals("POST")
        || !path(call.text("RequestUri")).equals("/containers/create")) {
      return null;
    }
    String created = created(call.text("ResponseBody"));
    if (created == null) {
      return null;
    }
    long nanos = members.has("t") ? number(members.raw("t")) : Long.MIN_VALUE;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes(ascii(CALL + Times.text(Times.ofNanos(nanos)) + "\",\"body\":"));
    line.writeBytes(body);
    line.write('}');
    return new Fact(Facts.created(created), nanos, line.toByteArray());
  }

  /** As the engine takes it: percent-encoding first, then the version. */
  private static String path(String uri) {
    int query = uri.indexOf('?');
    String encoded = query < 0 ? uri : uri.substring(0, query);
    try {
      String path = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
      return path.replaceFirst("^/v[0-9.]+(?=/)", "");
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  /** The id of the new container; null when the engine refused. */
  private static String created(String base64) {
    try {
      byte[] answer = Base64.getDecoder().decode(base64);
      Members members = new Members(answer, 0, answer.length);
      return members.has("Id") ? members.text("Id") : null;
    } catch (IllegalArgumentException | UnreadableRecordException e) {
      return null;
    }
  }

  private static long nanos(String time) {
    try {
      return Times.nanos(Instant.parse(time));
    } catch (DateTimeException e) {
      throw new UnreadableRecordException("an answer of the engine whose time can't be read");
    }
  }

  private static long number(byte[] digits) {
    try {
      return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw new UnreadableRecordException("a plug-in's call whose time can't be read");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
