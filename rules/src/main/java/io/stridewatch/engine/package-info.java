/**
 * Rules at work: each becomes a module of EPL in Esper. The only package that knows Esper, so that
 * what only collects starts without it.
 */
package io.stridewatch.engine;
