package io.stridewatch.sink.screen;

import java.time.Duration;

/**
 * A silence that somebody thinks of setting.
 *
 * @param matchers a filter that can be read
 */
public record Draft(String matchers, Duration span, String why) {}
