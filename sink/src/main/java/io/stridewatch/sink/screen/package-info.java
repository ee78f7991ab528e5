/**
 * The full screen of {@code tail -i} without a terminal: what a key or an alert changes, and which
 * lines show it. Nothing here reads, writes or waits.
 */
package io.stridewatch.sink.screen;
