package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.sink.form.Form;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicAddressTest {

  @Test
  void isATopicOfTheAlertsOwnCluster() {
    assertEquals(
        new TopicAddress(Optional.empty(), "soc.alerts", Form.JSON, Optional.empty()),
        TopicAddress.of("soc.alerts"));
  }

  @Test
  void namesAnotherClusterItsSecurityAndAForm() {
    assertEquals(
        new TopicAddress(
            Optional.of("a:9092,[::1]:9093"),
            "alerts",
            Form.ECS,
            Optional.of(Path.of("/etc/soc.properties"))),
        TopicAddress.of("a:9092,[::1]:9093/alerts#form=ecs&config=/etc/soc.properties"));
  }

  @Test
  void isCalledWithoutItsOptions() {
    assertEquals("kafka=h:1/t", SinkAddress.of("kafka=h:1/t#form=ecs").name());
  }

  @Test
  void saysWhatWouldDo() {
    for (String wrong : List.of("", "h:1/", "h/t", "a b", "t#form", "t#x=y", "t#config=/f")) {
      var e = assertThrows(IllegalArgumentException.class, () -> TopicAddress.of(wrong), wrong);
      assertTrue(e.getMessage().contains("sink kafka"), wrong);
    }
  }
}
