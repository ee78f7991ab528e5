package io.stridewatch;

/** Why people and sinks are not told an alert. The alert stays; it is counted, and can be shown. */
public enum Hidden {
  /** A person silenced it. */
  SILENCED,
  /** A baseline has learned that it is ordinary. */
  ORDINARY
}
