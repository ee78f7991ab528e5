package io.stridewatch.collector;

/** A place in a log: the file, which may have been renamed since, and the offset in it. */
public record Position(LogFile file, long offset) {}
