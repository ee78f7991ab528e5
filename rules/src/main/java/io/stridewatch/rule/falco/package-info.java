/**
 * Falco's rule files for Kubernetes audit events, unmodified: read, checked and turned into this
 * product's conditions with the answers that Falco 0.44.1 gives. All of the format stays in here.
 */
package io.stridewatch.rule.falco;
