/**
 * Adapters in. Each reads one kind of system and frames its records; what a record means is not its
 * business.
 */
package io.stridewatch.collector;
