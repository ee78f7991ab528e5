package io.stridewatch.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The program as it is installed: the launcher and its jars, in a place of its own that every
 * account may read. The checkout's launcher would build where sources are newer.
 */
final class Installation {
  private Installation() {}

  /** Puts it there; the launcher. */
  static Path in(Path home) throws IOException {
    jars(Files.createDirectories(home.resolve("lib")));
    return Files.copy(Path.of("stridewatch"), home.resolve("stridewatch"));
  }

  /** Puts the jars there; their class path. */
  static String jars(Path lib) throws IOException {
    Files.setPosixFilePermissions(lib, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        String name = Path.of(entry).getFileName().toString();
        Path jar = lib.resolve(name.startsWith("deploy-") ? "deploy.jar" : name);
        Files.copy(Path.of(entry), jar);
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
      }
    }
    return lib + "/*";
  }
}
