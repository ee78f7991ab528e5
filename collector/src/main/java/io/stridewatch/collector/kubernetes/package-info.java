/** Kubernetes: the API server's audit events, by its webhook and by its log. */
package io.stridewatch.collector.kubernetes;
