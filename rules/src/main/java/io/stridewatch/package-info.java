/**
 * The words that everything else is said in: an {@link io.stridewatch.AuditEvent} is what happened,
 * an {@link io.stridewatch.Alert} is what a person must know, and {@link io.stridewatch.Collector},
 * {@link io.stridewatch.RuleEngine} and {@link io.stridewatch.Sink} are the workers between them.
 * Nothing here does I/O or knows a library but Jackson, to read an alert back.
 */
package io.stridewatch;
