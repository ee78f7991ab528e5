package io.stridewatch.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Moves a file away when it is large or old enough, to {@code NAME.20261121T034710.123Z}, and
 * deletes the oldest of those beyond the number that is kept. One thread.
 */
final class Rotation {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String NAMED = "\\.[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z(-[0-9]{3})?";

  private final FileAddress address;
  private final InstantSource clock;
  private final Pattern ours;
  private Instant last;

  Rotation(FileAddress address, InstantSource clock) {
    this.address = address;
    this.clock = clock;
    Path name = address.path().getFileName();
    ours = Pattern.compile(Pattern.quote(name == null ? "" : name.toString()) + NAMED);
  }

  /** Whether there is a size or an age to watch. */
  boolean watches() {
    return address.max() != Long.MAX_VALUE || address.age() != null;
  }

  /** The file was last written then; null when it is new. */
  void from(Instant written) {
    last = written;
  }

  /** It is written now. */
  void wrote() {
    last = clock.instant();
  }

  /** Whether a file of so many bytes is to be moved away before more is written. */
  boolean due(long size) {
    return size > 0 && (size >= address.max() || old());
  }

  private boolean old() {
    return address.age() != null && last != null && span(last) != span(clock.instant());
  }

  private long span(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), address.age().toMillis());
  }

  /** Moves it away. */
  void turn() throws IOException {
    String stamp = address.path() + "." + TIME.format(clock.instant());
    Path away = Path.of(stamp);
    for (int i = 1; Files.exists(away); i++) {
      away = Path.of("%s-%03d".formatted(stamp, i));
    }
    Files.move(address.path(), away);
    List<Path> all = rotated();
    for (Path old : all.subList(0, Math.max(0, all.size() - address.keep()))) {
      Files.deleteIfExists(old);
    }
  }

  /** The newest that was moved away. */
  Optional<Path> newest() throws IOException {
    List<Path> all = watches() ? rotated() : List.of();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Oldest first: their names sort by time. */
  private List<Path> rotated() throws IOException {
    Path folder = address.path().getParent();
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(this::named).sorted().toList();
    }
  }

  private boolean named(Path file) {
    Path name = file.getFileName();
    return name != null && ours.matcher(name.toString()).matches();
  }
}
