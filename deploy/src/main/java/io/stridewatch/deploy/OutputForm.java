package io.stridewatch.deploy;

/** The forms in which a command prints, spelled as people type them. */
enum OutputForm {
  pretty,
  json
}
