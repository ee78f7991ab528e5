/**
 * {@code run --demo}: excerpts from recordings of a real host and a real cluster, played as if they
 * happened now through the collectors' own doors: an audit log that grows, a Docker engine's API,
 * an API server's webhook posts.
 */
package io.stridewatch.deploy.demo;
