package io.stridewatch.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stridewatch.deploy.ChaosEngine;
import io.stridewatch.event.AuditdAssembler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;

/** A system that says recorded events as fast as they are taken. One thread. */
interface SpokenSource {
  /** As an API server's batches may be: 400 at most, unless it is told otherwise. */
  int POST = 200;

  /** The engine keeps 256 events, which must not be more than are on their way. */
  int ON_THEIR_WAY = 128;

  /**
   * Says so many events, or a few more; how many.
   *
   * @param kept waits until so many of them are kept
   */
  int say(int events, Kept kept) throws IOException, InterruptedException;

  /** Waits until so many are kept. */
  interface Kept {
    void await(int events);
  }

  /** auditd: the next file of a log, which has no ends of events (EOE). */
  static SpokenSource auditd(Path log) throws IOException {
    Iterator<String> lines = BenchData.auditd();
    int[] assembled = new int[1];
    AuditdAssembler assembler = new AuditdAssembler(event -> assembled[0]++);
    return (events, kept) -> {
      StringBuilder text = new StringBuilder();
      assembled[0] = 0;
      for (int ended = 0; ended < events; ) {
        String line = lines.next();
        if (line.startsWith("type=EOE")) {
          ended++;
        } else {
          text.append(line).append('\n');
          assembler.accept(line.getBytes(ISO_8859_1), 0, line.length());
        }
      }
      assembler.flush();
      rotate(log, text.toString());
      return assembled[0];
    };
  }

  /** An API server: the next file of its log. */
  static SpokenSource kubernetes(Path log) throws IOException {
    Iterator<String> lines = BenchData.kubernetes();
    return (events, kept) -> {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < events; i++) {
        text.append(lines.next()).append('\n');
      }
      rotate(log, text.toString());
      return events;
    };
  }

  /** An API server: one post after another, each when the one before was answered. */
  static SpokenSource kubernetes(URI webhook) throws IOException {
    Iterator<String> items = BenchData.kubernetes();
    AuditPoster poster = new AuditPoster(webhook);
    return (events, kept) -> {
      for (int posted = 0; posted < events; posted += POST) {
        poster.post(BenchData.eventList(items, POST));
      }
      return (events + POST - 1) / POST * POST;
    };
  }

  /** A Docker engine. */
  static SpokenSource docker(ChaosEngine engine) {
    return (events, kept) -> {
      for (int told = 1; told <= events; told++) {
        engine.happens();
        kept.await(told - ON_THEIR_WAY);
      }
      return events;
    };
  }

  /** All of it is there at once: a reader never comes to its end in the middle of an event. */
  private static void rotate(Path log, String text) throws IOException {
    Path next = log.resolveSibling("next");
    Files.writeString(next, text, ISO_8859_1);
    Path last = log.resolveSibling(log.getFileName() + ".1");
    Files.move(log, last, StandardCopyOption.REPLACE_EXISTING);
    Files.move(next, log);
  }
}
