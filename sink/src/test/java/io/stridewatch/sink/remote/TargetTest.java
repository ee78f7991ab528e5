package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.sink.SinkAddress;
import io.stridewatch.sink.form.Form;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {

  @Test
  void keepsItsOptionsInTheFragment() {
    Target target =
        Kind.WEBHOOK.target("https://soc.example:8443/in?a=b&c=d#form=cef&bearer=/run/a%26b+c");
    assertEquals("https://soc.example:8443/in?a=b&c=d", target.uri().toString());
    assertEquals(Form.CEF, target.form(Form.JSON));
    assertEquals(Path.of("/run/a&b+c"), target.file("bearer"));
  }

  @Test
  void isCalledWithoutWhatMayBeSecret() {
    SinkAddress address = SinkAddress.of("webhook=https://hooks.example/T0/secret?k=v#form=ecs");
    assertEquals("webhook=https://hooks.example", address.name());
    assertEquals("webhook=https://hooks.example", address.toString());
    assertEquals("soc", SinkAddress.of("soc:webhook=https://hooks.example/T0/secret").name());
  }

  @Test
  void saysWhatIsWrongAndWhatWouldDo() {
    Map.of(
            "", "needs a URL: webhook=https://HOST/PATH",
            "https:///p", "names no host",
            "https://a b/", "not a URL",
            "https://u:p@h/", "write #basic=FILE",
            "https://h/#colour=red", "has no option 'colour'",
            "https://h/#form=xml", "no form is called 'xml': use json, ecs, cef",
            "https://h/#cert=/a", "both cert=FILE and key=FILE",
            "https://h/#timeout=0", "timeout=0 must be a whole number from 1 to 600",
            "https://h/#http=3", "http is a version of HTTP: 1.1 or 2",
            "https://h/#bearer=/a&basic=/b", "only one of bearer, basic and api-key")
        .forEach(TargetTest::refused);
    refused("ftp://h/", "needs a URL: webhook=https://HOST/PATH");
  }

  private static void refused(String address, String told) {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> SinkAddress.of("webhook=" + address), address);
    assertTrue(e.getMessage().contains(told), e.getMessage());
  }
}
