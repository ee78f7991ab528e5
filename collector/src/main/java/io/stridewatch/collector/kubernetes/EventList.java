package io.stridewatch.collector.kubernetes;

import com.fasterxml.jackson.core.JsonToken;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.Chunks;
import io.stridewatch.collector.JsonSlices;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What the API server posts: {@code {"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":
 * [...]}} (k8s.io/apiserver/pkg/apis/audit/v1, and v1beta1 before). Its items have neither kind nor
 * apiVersion.
 */
public final class EventList implements JsonSlices.Values {
  private static final String GROUP = "audit.k8s.io/";

  /** Of a name that is looked at: one that is longer is none of ours. */
  private static final int LONGEST = 1 << 10;

  /** An event has a time and an id, more than 64 bytes; a body has at most 64 MiB. */
  private static final int MOST = 1 << 20;

  private final Chunks body;
  private int[] events = new int[1 << 10];
  private int ends;
  private boolean hasItems;
  private String kind = "";
  private String apiVersion = "";

  private EventList(Chunks body) {
    this.body = body;
  }

  /**
   * Each item as the slice of bytes that came. What was given of the body is let go.
   *
   * @throws UnreadableRecordException when it is no such list or breaks off; no item was given
   *     then, and the body is whole
   */
  public static void items(Chunks body, Consumer<byte[]> item) {
    EventList list = new EventList(body);
    JsonSlices.each(body, 0, body.length(), list);
    list.check();
    for (int i = 0; i < list.ends; i += 2) {
      item.accept(taken(body, list.events[i], list.events[i + 1]));
    }
  }

  private static byte[] taken(Chunks body, int from, int to) {
    byte[] item = body.range(from, to);
    body.forget(to);
    return item;
  }

  @Override
  public JsonSlices.Values inside(String key, JsonToken token) {
    boolean items = "items".equals(key) && token == JsonToken.START_ARRAY;
    hasItems |= items;
    return items ? (none, first, from, to) -> event(from, to) : null;
  }

  private void event(int from, int to) {
    if (ends == 2 * MOST) {
      throw new UnreadableRecordException("an EventList of more than " + MOST + " events");
    }
    if (ends == events.length) {
      events = Arrays.copyOf(events, 2 * ends);
    }
    events[ends++] = from;
    events[ends++] = to;
  }

  @Override
  public void accept(String key, JsonToken token, int from, int to) {
    if ("kind".equals(key) && token == JsonToken.VALUE_STRING) {
      kind = text(from, to);
    } else if ("apiVersion".equals(key) && token == JsonToken.VALUE_STRING) {
      apiVersion = text(from, to);
    }
  }

  private String text(int from, int to) {
    byte[] bytes = body.range(from, Math.min(to, from + LONGEST));
    return JsonSlices.text(bytes, 0, bytes.length);
  }

  private void check() {
    if (!kind.equals("EventList") || !hasItems) {
      throw new UnreadableRecordException("JSON, but not an EventList of audit events");
    }
    if (!apiVersion.equals(GROUP + "v1") && !apiVersion.equals(GROUP + "v1beta1")) {
      throw new UnreadableRecordException("an EventList, but not of audit.k8s.io/v1 or v1beta1");
    }
  }
}
