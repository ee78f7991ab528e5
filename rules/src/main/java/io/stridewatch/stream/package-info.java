/**
 * Between the workers lies a Topic, and it is the only queue: writers, readers and the transaction
 * that takes events to alerts. The only package that knows Kafka's client.
 */
package io.stridewatch.stream;
