package io.stridewatch.deploy.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The data directory: room, rights, and what the disk buffer set aside. */
final class DiskCheck {
  private static final String AREA = "disk";

  private final Path data;
  private final long least;

  /**
   * Nothing is looked at yet.
   *
   * @param least bytes that must be free
   */
  DiskCheck(Path data, long least) {
    this.data = data;
    this.least = least;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Path there = data.toAbsolutePath();
    while (Files.notExists(there)) {
      there = there.getParent();
    }
    long free = there.toFile().getUsableSpace();
    if (free < least) {
      findings.add(
          Finding.fault(
              AREA,
              data
                  + " has "
                  + free
                  + " bytes free, less than --min-free ("
                  + least
                  + "): nothing is kept",
              "make room, or give another place with --data"));
    } else {
      findings.add(Finding.ok(AREA, data + " has " + (free >> 20) + " MiB free"));
    }
    if (Files.notExists(data)) {
      return findings;
    }
    rights(findings);
    aside(findings);
    return findings;
  }

  private void rights(List<Finding> findings) {
    try {
      String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(data));
      if (!rights.endsWith("------")) {
        findings.add(
            Finding.fault(
                AREA, "others may look into " + data + " (" + rights + ")", "chmod 700 " + data));
      }
    } catch (IOException e) {
      findings.add(Finding.note(AREA, "can't look at " + data, "run doctor as its owner"));
    }
  }

  private void aside(List<Finding> findings) {
    Path buffer = data.resolve("buffer");
    if (!Files.isDirectory(buffer)) {
      return;
    }
    try (Stream<Path> files = Files.list(buffer)) {
      List<String> aside =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.contains(".torn") || name.contains(".refused"))
              .sorted()
              .toList();
      if (!aside.isEmpty()) {
        findings.add(
            Finding.note(
                AREA,
                aside.size() + " entries of the disk buffer were set aside in " + buffer,
                "look at them, then delete them: " + aside.get(0) + " ..."));
      }
    } catch (IOException e) {
      findings.add(Finding.note(AREA, "can't look into " + buffer, "run doctor as its owner"));
    }
  }
}
