package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"spec.containers.image", "spec.containers[].image"})
  void arraysAreTransparent(String path) {
    assertEquals(
        List.of("a", "b"),
        values("{\"spec\":{\"containers\":[{\"image\":\"a\"},{\"image\":\"b\"}]}}", path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c.1.image", "c[1].image", "c.1.image[]"})
  void takesOneElementByItsIndex(String path) {
    assertEquals(List.of("b"), values("{\"c\":[{\"image\":\"a\"},{\"image\":\"b\"}]}", path));
  }

  @Test
  void givesEachScalarOfAnArray() {
    assertEquals(List.of("1", "true", "x"), values("{\"a\":[1,true,[\"x\"],null,{}]}", "a"));
    assertEquals(List.of("x"), values("{\"a\":[1,true,[\"x\"]]}", "a[2]"));
    assertEquals(List.of(), values("{\"a\":[1]}", "a[1]"));
    assertEquals(List.of(), values("{\"a\":[1]}", "a[99999999999999999999]"));
  }

  @Test
  void reachesKeysThatHaveDots() {
    String json = "{\"annotations\":{\"authorization.k8s.io/decision\":\"allow\"}}";
    assertEquals(List.of("allow"), values(json, "annotations.authorization.k8s.io/decision"));
  }

  @Test
  void nothingHidesBehindAnotherReading() {
    assertEquals(List.of("1", "2"), values("{\"a\":{\"b.c\":1,\"b\":{\"c\":2}}}", "a.b.c"));
    assertEquals(List.of("1", "2"), values("{\"a\":1,\"a\":2}", "a"));
  }

  @Test
  void keepsTheSpellingOfNumbers() {
    assertEquals(
        List.of("1.50", "1e3", "-0", "12345678901234567890"),
        values("{\"n\":[1.50,1e3,-0,12345678901234567890]}", "n"));
  }

  @Test
  void readsEscapedKeysAndStrings() {
    assertEquals(
        List.of("\"\\/\b\f\n\r\t\u00e9"),
        values("{\"\\u0061\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"}", "a"));
    assertEquals(List.of("1"), values("{\"\u00e9\":{\"x\":1}}", "\u00e9.x"));
  }

  @Test
  void objectsOfVeryManyMembersAreReadAlike() {
    StringBuilder many = new StringBuilder("{\"a\":{");
    for (int i = 0; i <= Json.REMEMBERED; i++) {
      many.append("\"k").append(i).append("\":{\"x.y\":").append(i).append("},");
    }
    String nested = many.append("\"last\":true}").toString();
    assertEquals(List.of("7"), values(nested + "}", "a.k7.x.y"));
    assertEquals(List.of("true"), values(nested + "}", "a.last"));
    String top = nested.substring("{\"a\":".length());
    assertEquals(List.of("4096"), values(top, "k4096.x.y"));
    assertEquals(List.of("true"), values(top, "last"));
  }

  @Test
  void namesAreCaseSensitiveAndWhole() {
    assertEquals(List.of(), values("{\"Verb\":1,\"verbs\":1,\"ver\":1}", "verb"));
  }

  @Test
  void knowsWhatIsThereThoughItHasNoValue() {
    assertTrue(document("{\"a\":{\"b\":null}}").has("a.b"));
    assertTrue(document("{\"a\":{\"b\":{}}}").has("a"));
    assertFalse(document("{\"a\":{\"b\":null}}").has("a.c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", "a[", "a[x]", "a[]]", "[", "a..b", "a[0"})
  void oddPathsLeadNowhere(String path) {
    assertEquals(List.of(), values("{\"a\":[{\"b\":1}]}", path));
  }

  private static List<String> values(String json, String path) {
    return document(json).values(path);
  }

  private static Json document(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return Json.object(text, 0, text.length);
  }
}
