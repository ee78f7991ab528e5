package io.stridewatch.deploy.settings;

import java.nio.file.Path;

/**
 * A secret's value. It is printed as {@code ***}.
 *
 * @param text the value itself
 * @param file where it was read; null where the environment held it
 */
public record Secret(String text, Path file) {

  @Override
  public String toString() {
    return "***";
  }
}
