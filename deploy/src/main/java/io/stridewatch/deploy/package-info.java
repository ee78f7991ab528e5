/**
 * What a person runs: the {@code stridewatch} command, its settings, and the one place that knows
 * every part.
 */
package io.stridewatch.deploy;
