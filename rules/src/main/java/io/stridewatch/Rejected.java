package io.stridewatch;

/**
 * A record that was set aside whole.
 *
 * @param record as it came
 * @param reason one line: what is wrong and where
 */
public record Rejected(SourceRecord record, String reason) {}
