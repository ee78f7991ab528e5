/** Records on disk while Kafka is away or slow. */
package io.stridewatch.collector.buffer;
