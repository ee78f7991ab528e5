package io.stridewatch.sink.remote;

/**
 * What is posted.
 *
 * @param count how many alerts, from the first on, are in it
 */
record Body(byte[] bytes, int count) {}
