package io.stridewatch.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTokenTest {
  @TempDir Path directory;
  private Path file;
  private WebhookToken token;

  @BeforeEach
  void isReadFromAFile() throws IOException {
    file = Files.writeString(directory.resolve("token"), "first\n");
    token = new WebhookToken(new WebhookAddress("127.0.0.1", 0, null, null, null, "first", file));
  }

  @Test
  void isReadAgainWhenItsFileChanges() throws IOException {
    token.look();
    assertTrue(token.isIn("Bearer first"));
    Files.writeString(file, "the second\n");
    token.look();
    assertTrue(token.isIn("Bearer the second"));
    assertFalse(token.isIn("Bearer first"));
  }

  @Test
  void staysWhileItsFileIsGoneOrEmpty() throws IOException {
    Files.writeString(file, "");
    token.look();
    assertTrue(token.isIn("Bearer first"));
    assertFalse(token.isIn(null));
    Files.delete(file);
    token.look();
    assertTrue(token.isIn("Bearer first"));
    assertFalse(token.isIn("Bearer "));
  }

  @Test
  void isNotAskedWhereNoneIsSet() {
    WebhookToken none = new WebhookToken(WebhookAddress.plain("127.0.0.1", 0));
    none.look();
    assertTrue(none.isIn(null));
  }
}
