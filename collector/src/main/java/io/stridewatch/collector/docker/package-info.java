/** Docker: the engine's event stream and what is asked beside it. */
package io.stridewatch.collector.docker;
