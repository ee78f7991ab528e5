package io.stridewatch.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as OpenSSL writes them. */
class PemTlsTest {
  @TempDir Path directory;

  private void openssl(String arguments) throws Exception {
    String shell = "cd " + directory + " && openssl " + arguments + " 2>&1";
    boolean there = Program.run("/bin/sh", "-c", "command -v openssl").isPresent();
    Assumptions.assumeTrue(there, "no openssl on this machine");
    assertTrue(!Program.run("/bin/sh", "-c", shell).equals(Optional.empty()), shell);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genrsa -traditional -out key 2048",
        "genrsa -out key 2048",
        "ecparam -name prime256v1 -genkey -out key",
        "genpkey -algorithm ed25519 -out key"
      })
  void readsEachFormOfAKey(String command) throws Exception {
    openssl(command);
    openssl("req -x509 -new -key key -subj /CN=client -days 2 -out cert");
    assertEquals("TLS", tls("cert", "cert", "key").context().getProtocol());
  }

  @Test
  void saysWhatItCantRead() throws Exception {
    openssl("genrsa -aes128 -passout pass:x -out key 2048");
    openssl("req -x509 -new -key key -passin pass:x -subj /CN=client -days 2 -out cert");
    IOException locked = assertThrows(IOException.class, tls("cert", "cert", "key")::context);
    assertTrue(locked.getMessage().contains("no private key without a password"));
    Files.writeString(directory.resolve("text"), "hello");
    PemTls text = new PemTls(directory.resolve("text"), null, null);
    IOException none = assertThrows(IOException.class, text::context);
    assertTrue(none.getMessage().contains("text"), none.getMessage());
    assertThrows(IllegalArgumentException.class, () -> tls("cert", "cert", null));
  }

  private PemTls tls(String authority, String certificate, String key) {
    return new PemTls(
        directory.resolve(authority),
        directory.resolve(certificate),
        key == null ? null : directory.resolve(key));
  }
}
