package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FalcoFieldsTest {
  private static KubernetesEvent event(String members) {
    String json =
        "{\"auditID\":\"a\",\"stage\":\"ResponseComplete\","
            + "\"stageTimestamp\":\"2026-08-03T09:00:00.1Z\""
            + members
            + "}";
    return KubernetesEvent.decode("cluster", json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void takesTheFirstOfAKeyThatIsThereTwice() {
    KubernetesEvent event = event(",\"verb\":\"get\",\"verb\":\"delete\"");
    assertEquals(List.of("get"), event.values("ka.verb"));
    assertEquals(List.of("get", "delete"), event.values("verb"));
  }

  @Test
  void isNotFooledByAKeyNamedLikeAField() {
    KubernetesEvent event = event(",\"ka.verb\":\"get\",\"ka\":{\"verb\":\"get\"}");
    assertEquals(List.of(), event.values("ka.verb"));
    assertFalse(event.has("ka.verb"));
  }

  @Test
  void givesObjectsWithoutBlanksAndIndented() {
    KubernetesEvent event = event(", \"a\" : { \"b c\" : [ 1 , { } , [ ] ] }");
    assertEquals(List.of("{\"b c\":[1,{},[]]}"), event.values("jevt.value[/a]"));
    assertTrue(
        event
            .values("jevt.obj")
            .get(0)
            .contains("  \"a\": {\n    \"b c\": [\n      1,\n      {},\n      []\n    ]\n  }"));
  }

  @Test
  void readsFunctionsWithinFunctions() {
    KubernetesEvent event = event(",\"verb\":\"GET\",\"user\":{\"groups\":[\"a\",\"b\"]}");
    assertEquals(List.of("3"), event.values("len(tolower(ka.verb))"));
    assertEquals(
        List.of("get/a-b"),
        event.values("concat(tolower(ka.verb),\"/\",join(\"-\",ka.user.groups))"));
    assertEquals(List.of("(a,b)"), event.values("shown(ka.user.groups)"));
    assertEquals(List.of("<NA>"), event.values("shown(ka.uri)"));
    assertEquals(List.of(), event.values("concat(ka.verb,ka.uri)"));
  }

  @Test
  void readsNoFurtherThanAMalformedName() {
    KubernetesEvent event = event(",\"verb\":\"get\"");
    for (String name :
        List.of("tolower(", "tolower(ka.verb", "ka.verb)", "nosuch(ka.verb)", "()")) {
      assertEquals(List.of(), event.values(name), name);
    }
  }
}
