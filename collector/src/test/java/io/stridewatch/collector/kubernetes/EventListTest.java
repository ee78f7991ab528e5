package io.stridewatch.collector.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.Chunks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventListTest {

  @Test
  void givesEachItemAsItCame() {
    String list =
        "{\"items\":[{\"a\" : 1.50}, {\"b\":[{}]}],\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1beta1\"}";
    assertEquals(List.of("{\"a\" : 1.50}", "{\"b\":[{}]}"), items(list));
    assertEquals(
        List.of(),
        items("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[]}"));
  }

  @Test
  void refusesWhatIsNoEventListOfAuditEvents() {
    refuse("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[{}]}");
    refuse("{\"kind\":\"EventList\",\"apiVersion\":\"v1\",\"items\":[{}]}");
    refuse("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":null}");
    refuse("[1]");
    refuse("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[{},");
    refuse("");
  }

  @Test
  void givesTheItemsOfEachListInItsOrder() {
    assertEquals(
        List.of("1", "[2]", "\"3\""),
        items(
            "{\"items\":[1,[2]],\"kind\":\"EventList\",\"items\":[],\"items\":[\"3\"],"
                + "\"apiVersion\":\"audit.k8s.io/v1\"}"));
  }

  @Test
  void refusesMoreItemsThanEventsCanBe() {
    String head = "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[0";
    assertEquals(1 << 20, items(head + ",1".repeat((1 << 20) - 1) + "]}").size());
    refuse(head + ",1".repeat(1 << 20) + "]}");
  }

  private static void refuse(String list) {
    List<String> items = new ArrayList<>();
    assertThrows(UnreadableRecordException.class, () -> read(list, items), list);
    assertEquals(List.of(), items);
  }

  private static List<String> items(String list) {
    List<String> items = new ArrayList<>();
    read(list, items);
    return items;
  }

  private static void read(String list, List<String> items) {
    byte[] bytes = list.getBytes(UTF_8);
    EventList.items(Chunks.of(bytes, 0, bytes.length), item -> items.add(new String(item, UTF_8)));
  }
}
