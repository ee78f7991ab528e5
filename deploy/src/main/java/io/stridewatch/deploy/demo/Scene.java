package io.stridewatch.deploy.demo;

import io.stridewatch.Source;

/**
 * One thing that a source says at one moment: an auditd event's lines, a Docker event's line, a
 * Kubernetes event.
 *
 * @param nanos when, since 1970: event time, by which the record names itself
 * @param raw the bytes, without the line's end
 */
record Scene(Source source, long nanos, byte[] raw) {}
