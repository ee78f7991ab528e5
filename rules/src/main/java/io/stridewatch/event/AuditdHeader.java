package io.stridewatch.event;

/**
 * Reads what stands before the fields of one audit record: {@code [node=NAME ]type=TYPE
 * msg=audit(SECONDS.FRACTION:SERIAL): } (audit-userspace, {@code extract_timestamp}). One instance
 * is read into again and again; one thread.
 */
final class AuditdHeader {
  private static final long BILLION = 1_000_000_000L;
  private static final long MAX_SECONDS = Long.MAX_VALUE / BILLION - 1;
  private static final int MAX_DIGITS = 18;

  /** Where the node's name lies; empty when there is none. */
  int nodeFrom;

  int nodeTo;
  int typeFrom;
  int typeTo;

  /** Where {@code audit(TIME:SERIAL)} lies. */
  int stampFrom;

  int stampTo;

  /** Where the fields begin. */
  int body;

  long nanos;
  long serial;

  private byte[] line;
  private int to;
  private int at;

  /**
   * Reads the header of {@code line[from, to)}.
   *
   * @return null when it was read, else in a few words what is wrong
   */
  String read(byte[] line, int from, int to) {
    this.line = line;
    this.to = to;
    at = from;
    nodeFrom = from;
    nodeTo = from;
    if (skip("node=")) {
      nodeFrom = at;
      nodeTo = word();
      at++;
    }
    if (!skip("type=")) {
      return "it does not begin with type= or node=";
    }
    typeFrom = at;
    typeTo = word();
    at++;
    return typeTo == typeFrom ? "its type is empty" : stamp();
  }

  private String stamp() {
    if (!skip("msg=")) {
      return "msg= is not behind its type";
    }
    stampFrom = at;
    if (!skip("audit(")) {
      return "msg= is not audit(TIME:SERIAL)";
    }
    int start = at;
    long seconds = number();
    if (at == start || at - start > MAX_DIGITS || seconds > MAX_SECONDS) {
      return "its time is not a number of seconds";
    }
    nanos = seconds * BILLION;
    if (skip(".") && !fraction()) {
      return "its time has no fraction behind the point";
    }
    return skip(":") ? serial() : "its serial is missing";
  }

  private boolean fraction() {
    int start = at;
    long fraction = number();
    int digits = at - start;
    if (digits == 0 || digits > 9) {
      return false;
    }
    for (int i = digits; i < 9; i++) {
      fraction *= 10;
    }
    nanos += fraction;
    return true;
  }

  private String serial() {
    int start = at;
    serial = number();
    if (at == start || at - start > MAX_DIGITS) {
      return "its serial is not a number";
    }
    if (!skip(")")) {
      return "audit(TIME:SERIAL is not closed";
    }
    stampTo = at;
    if (!skip(":")) {
      return "no colon behind audit(TIME:SERIAL)";
    }
    body = at;
    return null;
  }

  private long number() {
    long number = 0;
    while (at < to && line[at] >= '0' && line[at] <= '9') {
      number = number * 10 + (line[at] - '0');
      at++;
    }
    return number;
  }

  private int word() {
    while (at < to && line[at] != ' ') {
      at++;
    }
    return at;
  }

  private boolean skip(String word) {
    int end = at + word.length();
    if (end > to || !AuditdText.equal(word, line, at, end)) {
      return false;
    }
    at = end;
    return true;
  }
}
