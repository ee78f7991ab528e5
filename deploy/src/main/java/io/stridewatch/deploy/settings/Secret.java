package io.stridewatch.deploy.settings;

/**
 * A secret's value. It is printed as {@code ***}.
 *
 * @param text the value itself
 */
public record Secret(String text) {

  @Override
  public String toString() {
    return "***";
  }
}
