package io.stridewatch.collector.kubernetes;

import com.fasterxml.jackson.core.JsonToken;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.JsonSlices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the API server posts: {@code {"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":
 * [...]}} (k8s.io/apiserver/pkg/apis/audit/v1, and v1beta1 before). Its items have neither kind nor
 * apiVersion.
 */
public final class EventList {
  private static final String GROUP = "audit.k8s.io/";

  private final byte[] bytes;
  private final List<int[]> arrays = new ArrayList<>();
  private String kind = "";
  private String apiVersion = "";

  private EventList(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Each item as the slice of bytes that came.
   *
   * @throws UnreadableRecordException when it is no such list or breaks off; no item was given then
   */
  public static void items(byte[] bytes, int from, int to, Consumer<byte[]> item) {
    EventList list = new EventList(bytes);
    JsonSlices.each(bytes, from, to, list::read);
    list.check();
    for (int[] array : list.arrays) {
      JsonSlices.each(
          bytes,
          array[0],
          array[1],
          (key, token, begin, end) -> item.accept(Arrays.copyOfRange(bytes, begin, end)));
    }
  }

  private void read(String key, JsonToken token, int from, int to) {
    if ("items".equals(key) && token == JsonToken.START_ARRAY) {
      arrays.add(new int[] {from, to});
    } else if ("kind".equals(key) && token == JsonToken.VALUE_STRING) {
      kind = JsonSlices.text(bytes, from, to);
    } else if ("apiVersion".equals(key) && token == JsonToken.VALUE_STRING) {
      apiVersion = JsonSlices.text(bytes, from, to);
    }
  }

  private void check() {
    if (!kind.equals("EventList") || arrays.isEmpty()) {
      throw new UnreadableRecordException("JSON, but not an EventList of audit events");
    }
    if (!apiVersion.equals(GROUP + "v1") && !apiVersion.equals(GROUP + "v1beta1")) {
      throw new UnreadableRecordException("an EventList, but not of audit.k8s.io/v1 or v1beta1");
    }
  }
}
