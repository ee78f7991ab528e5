package io.stridewatch.deploy;

/** The forms in which a command prints alerts, spelled as people type them. */
enum AlertForm {
  pretty,
  json,
  falco
}
