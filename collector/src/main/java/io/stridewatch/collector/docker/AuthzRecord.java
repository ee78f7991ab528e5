package io.stridewatch.collector.docker;

/** The record of a call of an authorisation plug-in that was written down by another program. */
public final class AuthzRecord {
  private AuthzRecord() {}

  /**
   * The record's raw value, in the form of an event of the engine's, of type {@code authz}.
   *
   * @param call {@code AuthZReq} or {@code AuthZRes}
   * @param nanos when it was made
   * @param json the call's body
   * @return null when it is not the answer to a request that changes something, or when it made a
   *     container, whose create event carries it
   * @throws io.stridewatch.UnreadableRecordException when it isn't JSON or names no request
   */
  public static byte[] of(String call, long nanos, byte[] json) {
    AuthzCall read = AuthzCall.read(call, nanos, json);
    boolean told = read.answered() && read.changes() && !(read.create() && !read.made().isEmpty());
    return told ? read.record() : null;
  }
}
