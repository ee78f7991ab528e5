/**
 * Kafka in this process: one node, its data directory, and how other processes of this machine find
 * it. The only package that knows the broker's internals, which are no public interface of Kafka's
 * and may change with each version.
 */
package io.stridewatch.deploy.broker;
