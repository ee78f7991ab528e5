package io.stridewatch.stream;

/**
 * A set of rules as it travels.
 *
 * @param digest lower-case hex SHA-256 that tells it from any set that may decide otherwise
 * @param text all that is needed to compile it again, as {@link Engines#learn} reads it
 */
public record RulesText(String digest, byte[] text) {}
