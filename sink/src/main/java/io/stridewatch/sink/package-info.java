/**
 * Adapters out. Each tells alerts to one kind of target; retry, order and counting belong to the
 * Reader that calls it.
 */
package io.stridewatch.sink;
