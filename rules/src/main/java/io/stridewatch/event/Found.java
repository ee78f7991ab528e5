package io.stridewatch.event;

/** Takes a secret that was found in a text, by where its value begins and ends there. */
@FunctionalInterface
interface Found {
  void secret(int from, int to, String kind);
}
