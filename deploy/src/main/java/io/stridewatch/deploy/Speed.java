package io.stridewatch.deploy;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many times as fast as it happened a recording is played: a number above 0. */
final class Speed implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    try {
      double speed = Double.parseDouble(text);
      if (speed > 0) {
        return speed;
      }
    } catch (NumberFormatException e) {
      // Said below, with what would do.
    }
    throw new TypeConversionException("'" + text + "' is no number above 0: give one, such as 10");
  }
}
