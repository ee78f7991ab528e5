package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BracketsTest {
  private static final int MORE_THAN_ARE_NOTED = 20_000;

  @Test
  void knowsWhereEachOneEndsThatOpens() {
    Random random = new Random(20261121);
    for (int round = 0; round < 500; round++) {
      byte[] text = value(random, 0).getBytes(StandardCharsets.UTF_8);
      JsonScanner scanner = new JsonScanner(text, 0, text.length);
      scanner.whole();
      walk(text, 0, scanner.brackets());
    }
  }

  /** Compares with what reading through it gives, for the value there and all within it. */
  private static void walk(byte[] text, int at, Brackets brackets) {
    if (text[at] != '{' && text[at] != '[') {
      return;
    }
    assertEquals(JsonWalk.skip(text, at), brackets.end(at));
    Json value = new Json(text, at);
    value.elements().forEach(element -> walk(text, element.from(), brackets));
    value.members().forEach(member -> walk(text, member.value().from(), brackets));
  }

  private static String value(Random random, int depth) {
    StringBuilder out = new StringBuilder();
    int kind = depth > 4 ? 2 + random.nextInt(3) : random.nextInt(5);
    switch (kind) {
      case 0 -> {
        out.append("[ ");
        for (int i = random.nextInt(4); i > 0; i--) {
          out.append(value(random, depth + 1)).append(i > 1 ? " , " : "");
        }
        out.append(']');
      }
      case 1 -> {
        out.append('{');
        for (int i = random.nextInt(4); i > 0; i--) {
          out.append("\"k").append(i).append("\": ").append(value(random, depth + 1));
          out.append(i > 1 ? "," : "\n");
        }
        out.append('}');
      }
      case 2 -> out.append("\"]}[{\\\"\"");
      case 3 -> out.append("-1.5e3");
      default -> out.append("null");
    }
    return out.toString();
  }

  @Test
  void readsOnWhereNoneIsNotedAnyMore() {
    String many = "[[1]," + "[2],".repeat(MORE_THAN_ARE_NOTED) + "[{\"a\":[3]}]]";
    Json json = Json.of(many.getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("3"), json.values((MORE_THAN_ARE_NOTED + 1) + ".a"));
    assertEquals(List.of("1"), json.values("0"));
  }
}
