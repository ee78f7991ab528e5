package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The subject of a PKCS #10 request as Kubernetes has it in {@code spec.request}: base64 of PEM.
 * Finds the attributes by their object identifiers, without reading the rest: what can't be read
 * has none.
 */
final class CertificateRequest {
  private static final int COMMON_NAME = 0x03;
  private static final int ORGANIZATION = 0x0a;

  private final byte[] der;

  CertificateRequest(String base64) {
    this.der = der(base64);
  }

  private static byte[] der(String base64) {
    try {
      byte[] pem = Base64.getMimeDecoder().decode(base64);
      String text = new String(pem, StandardCharsets.ISO_8859_1);
      return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]*-----", ""));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Kubernetes' user name. */
  List<String> names() {
    return attributes(COMMON_NAME);
  }

  /** Kubernetes' groups. */
  List<String> groups() {
    return attributes(ORGANIZATION);
  }

  /** Of {@code 2.5.4.TYPE}: identifier, string tag, length below 128, text. */
  private List<String> attributes(int type) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i + 7 < der.length; i++) {
      boolean found = der[i] == 6 && der[i + 1] == 3 && der[i + 2] == 0x55 && der[i + 3] == 4;
      int length = found && der[i + 4] == type ? der[i + 6] : -1;
      if (length >= 0 && i + 7 + length <= der.length) {
        values.add(new String(der, i + 7, length, StandardCharsets.UTF_8));
      }
    }
    return values;
  }
}
