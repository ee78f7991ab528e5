/**
 * What people say of alerts: silences, acknowledgements, notes, baselines. They change who is told
 * and what a screen shows, never the alerts.
 */
package io.stridewatch.sink.view;
