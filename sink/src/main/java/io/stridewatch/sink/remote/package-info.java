/**
 * Sinks whose targets are servers: webhook, Elasticsearch, syslog. Alone in this module opens
 * sockets.
 */
package io.stridewatch.sink.remote;
