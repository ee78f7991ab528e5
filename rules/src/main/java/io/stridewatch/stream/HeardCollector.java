package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What is known of one collector by its heartbeats and by ticks, in milliseconds of the broker's
 * clock, so that no collector's own clock decides whether it is silent. Mutable, one thread.
 */
public final class HeardCollector {
  private static final long FORGOTTEN_MILLIS = 7L * 24 * 3600 * 1000;

  private static final int LONGEST = 300;

  private final String name;
  private final String machine;
  private long heard;
  private long ahead;
  private String upTo = "";
  private String position = "";
  private long waiting;
  private String trouble;
  private long troubleSince;
  private long silence;
  private boolean told;

  HeardCollector(String name, String machine) {
    this.name = name;
    this.machine = machine;
  }

  /** A heartbeat of its arrived. */
  void beat(JsonNode said, long arrival) {
    heard = arrival;
    ahead = clock(said.path("time").asText(), arrival) - arrival;
    upTo = cut(said.path("upTo").asText(""));
    position = cut(said.path("position").asText(""));
    waiting = said.path("waiting").asLong();
    silence = said.path("silence").asLong();
    trouble = said.hasNonNull("trouble") ? cut(said.path("trouble").asText()) : null;
    if (trouble == null) {
      troubleSince = 0;
      told = false;
    } else if (troubleSince == 0) {
      troubleSince = arrival;
    }
  }

  /** Who may write to the topic may write anything. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static long clock(String time, long otherwise) {
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  /** A silence that has just become too long. */
  record Silence(Instant from, Instant at, String why) {}

  /**
   * Time went on.
   *
   * @param resumed since when ticks have come without a hole: before that nobody listened
   * @return null when all is well, or was told
   */
  Silence tick(long arrival, long resumed) {
    boolean unheard = arrival - Math.max(heard, resumed) > silence;
    boolean unread = troubleSince > 0 && arrival - Math.max(troubleSince, resumed) > silence;
    if (told || !unheard && !unread) {
      return null;
    }
    told = true;
    long from = unheard ? heard : troubleSince;
    long at = Math.max(from, resumed) + silence;
    String why = unheard ? "it sends no heartbeats" : "it can't read its source: " + trouble;
    return new Silence(Instant.ofEpochMilli(from), Instant.ofEpochMilli(at), why);
  }

  /** Whether it was not heard for so long that it counts no more. */
  boolean forgotten(long arrival) {
    return told && arrival - heard > FORGOTTEN_MILLIS;
  }

  /** Whether it tells the time of its source, or would if all that it kept were in Kafka. */
  boolean paces() {
    return !told && (!upTo.isEmpty() || waiting > 0);
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** What tells its machine from others. */
  String machine() {
    return machine;
  }

  /** Whether it was heard lately enough, and can read its source. */
  boolean live() {
    return !told && trouble == null;
  }

  /** When its newest heartbeat arrived. */
  public Instant heard() {
    return Instant.ofEpochMilli(heard);
  }

  /** How far its machine's clock was ahead of the broker's then, in milliseconds. */
  public long ahead() {
    return ahead;
  }

  /** Event time up to which all of its source is kept, RFC 3339; empty when it can't say. */
  public String upTo() {
    return upTo;
  }

  /** Bytes that wait on its disk for Kafka. */
  public long waiting() {
    return waiting;
  }

  /** Why its source can't be read; null when it can. */
  public String trouble() {
    return trouble;
  }

  /** {@code live}, {@code unreadable}, or {@code silent} when people were told. */
  public String state() {
    return trouble != null ? "unreadable" : told ? "silent" : "live";
  }

  void write(JsonLine json) {
    json.open('{').key("name").text(name).key("machine").text(machine);
    json.key("heard").number(heard).key("ahead").number(ahead).key("upTo").text(upTo);
    json.key("position").text(position).key("waiting").number(waiting).key("trouble").text(trouble);
    json.key("since").number(troubleSince).key("silence").number(silence);
    json.key("told").bool(told).close('}');
  }

  static HeardCollector read(JsonNode json) {
    HeardCollector read =
        new HeardCollector(json.path("name").asText(), json.path("machine").asText());
    read.heard = json.path("heard").asLong();
    read.ahead = json.path("ahead").asLong();
    read.upTo = json.path("upTo").asText("");
    read.position = json.path("position").asText("");
    read.waiting = json.path("waiting").asLong();
    read.trouble = json.hasNonNull("trouble") ? json.path("trouble").asText() : null;
    read.troubleSince = json.path("since").asLong();
    read.silence = json.path("silence").asLong();
    read.told = json.path("told").asBoolean();
    return read;
  }

  /** By name and machine, for logs. */
  @Override
  public String toString() {
    return name + " " + state() + " heard=" + Times.text(heard());
  }
}
