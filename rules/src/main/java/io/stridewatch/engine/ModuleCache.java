package io.stridewatch.engine;

import com.espertech.esper.common.client.EPCompiled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Compiled modules on disk, one file each: HMAC-SHA256 of name and content, then the module as Java
 * serialises it. The key lies beside, for its owner alone; what it does not seal is never
 * deserialised, because a module is code. Safe for many threads and processes.
 */
final class ModuleCache {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SEAL = 32;
  private final Path directory;
  private final SecretKeySpec key;

  private ModuleCache(Path directory, byte[] key) {
    this.directory = directory;
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Opens the cache in a directory, which is made when it is not there, with a key of its own. */
  static ModuleCache in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new ModuleCache(directory, key(directory.resolve("key")));
  }

  /** The first process to link its key in place has made the key of all. */
  private static byte[] key(Path file) throws IOException {
    try {
      return ownKey(file);
    } catch (NoSuchFileException e) {
      byte[] key = new byte[SEAL];
      new SecureRandom().nextBytes(key);
      Path fresh = write(file.getParent(), key);
      try {
        Files.createLink(file, fresh);
      } catch (FileAlreadyExistsException other) {
        return ownKey(file);
      } finally {
        Files.delete(fresh);
      }
      return key;
    }
  }

  private static byte[] ownKey(Path file) throws IOException {
    byte[] key = Files.readAllBytes(file);
    if (key.length != SEAL
        || !PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
            .equals("rw-------")) {
      throw new IOException(
          file + " is no key that only its owner may read: delete " + file.getParent());
    }
    return key;
  }

  /** Whether there is a module of that name, be it sealed or not. */
  boolean has(String name) {
    return Files.exists(directory.resolve(name));
  }

  /** The module of that name; null when it is not there or its seal is wrong. */
  EPCompiled read(String name) throws IOException {
    byte[] file;
    try {
      file = Files.readAllBytes(directory.resolve(name));
    } catch (NoSuchFileException e) {
      return null;
    }
    byte[] content = Arrays.copyOfRange(file, Math.min(SEAL, file.length), file.length);
    byte[] seal = Arrays.copyOf(file, SEAL);
    if (!MessageDigest.isEqual(seal, seal(name, content))) {
      return null;
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(content))) {
      return (EPCompiled) in.readObject();
    } catch (ClassNotFoundException | ClassCastException e) {
      return null;
    }
  }

  /** Keeps a module; a reader sees all of it or nothing. */
  void write(String name, EPCompiled module) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(content)) {
      out.writeObject(module);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(seal(name, content.toByteArray()));
    file.writeBytes(content.toByteArray());
    Path fresh = write(directory, file.toByteArray());
    Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Temporary files are for their owner alone. */
  private static Path write(Path directory, byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(directory, "new", ""), bytes);
  }

  private byte[] seal(String name, byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
