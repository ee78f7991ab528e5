/**
 * The terminal of {@code tail -i}: keys in, lines out. Alone knows JLine; what keys and lines mean
 * is {@code sink.screen}'s.
 */
package io.stridewatch.deploy.screen;
