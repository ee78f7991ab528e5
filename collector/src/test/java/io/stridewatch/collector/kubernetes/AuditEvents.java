package io.stridewatch.collector.kubernetes;

/** Small audit events, told apart by number. */
final class AuditEvents {
  private AuditEvents() {}

  /** As the API server logs it. */
  static String line(int number) {
    return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\"," + item(number).substring(1);
  }

  /** As it posts it. */
  static String item(int number) {
    return "{\"level\":\"Metadata\",\"auditID\":\"number-%d\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/version\",\"verb\":\"get\",\"user\":{\"username\":\"alice\"},\"requestReceivedTimestamp\":\"2026-11-21T04:00:00.000000Z\",\"stageTimestamp\":\"2026-11-21T04:00:00.00%d000Z\"}"
        .formatted(number, number);
  }

  /** A post of several. */
  static String list(int... numbers) {
    StringBuilder items = new StringBuilder();
    for (int number : numbers) {
      items.append(items.length() == 0 ? "" : ",").append(item(number));
    }
    return "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
        + items
        + "]}\n";
  }
}
