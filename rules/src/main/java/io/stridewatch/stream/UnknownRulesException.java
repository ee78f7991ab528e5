package io.stridewatch.stream;

/** A marker names a set of rules that this process has not compiled yet; nothing was judged. */
final class UnknownRulesException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String digest;

  UnknownRulesException(String digest) {
    super("rules " + digest + " are not known here yet");
    this.digest = digest;
  }

  String digest() {
    return digest;
  }
}
