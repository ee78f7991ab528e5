/**
 * Files as one recording: told apart by content, merged by event time, facts joined to the Docker
 * events that they belong to. Reads lazily; what can't be read is told and the rest goes on.
 */
package io.stridewatch.collector.recording;
