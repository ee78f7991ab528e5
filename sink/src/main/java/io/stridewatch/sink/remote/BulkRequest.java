package io.stridewatch.sink.remote;

import io.stridewatch.JsonLine;
import io.stridewatch.StoredAlert;
import io.stridewatch.sink.form.Form;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How alerts are given to the bulk API (Elasticsearch, Document APIs, Bulk; OpenSearch has the
 * same): an action and a document, a line each, alert after alert. The action is {@code create}
 * with the alert's id, which data streams take too, and which refuses what is there already.
 *
 * @param url of the bulk API
 * @param index or data stream
 */
record BulkRequest(String url, String index, Form form) {
  /** As Elastic's own clients have it; far below what a server takes (100 MB). */
  private static final int ENOUGH = 4 << 20;

  private static final Pattern PATH = Pattern.compile("(.*)/([a-z0-9][a-z0-9._-]{0,199})/?");

  /** Of the answer, what is read: else each field that a document has could come back. */
  private static final String ANSWER =
      "filter_path=items.*.status,items.*.error.type,items.*.error.reason";

  /**
   * To the index that the path ends with; the URL's query goes along, such as {@code pipeline=p}.
   *
   * @throws IllegalArgumentException when it ends with none, or the form is no JSON
   */
  static BulkRequest of(Target target) {
    URI uri = target.uri();
    Matcher path = PATH.matcher(uri.getRawPath());
    if (!path.matches()) {
      throw new IllegalArgumentException(
          "sink elasticsearch needs the name of an index at the end of its URL, in lower case: "
              + "elasticsearch="
              + Kind.ELASTICSEARCH.example());
    }
    Form form = target.form(Form.ECS);
    if (!form.whole()) {
      throw new IllegalArgumentException(
          "sink elasticsearch writes form=ecs, form=ocsf or form=json");
    }
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery() + "&";
    String url = target.place() + path.group(1) + "/_bulk?" + query + ANSWER;
    return new BulkRequest(url, path.group(2), form);
  }

  /**
   * Action and document of each, each line with its end: of as many from the first on as make
   * {@value #ENOUGH} bytes.
   */
  Body body(List<StoredAlert> alerts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
    int count = 0;
    while (count < alerts.size() && body.size() < ENOUGH) {
      StoredAlert alert = alerts.get(count++);
      JsonLine action = new JsonLine().open('{').key("create").open('{');
      action.key("_index").text(index).key("_id").text(alert.id()).close('}').close('}');
      body.writeBytes((action + "\n").getBytes(StandardCharsets.UTF_8));
      body.writeBytes(form.bytes(alert));
      body.write('\n');
    }
    return new Body(body.toByteArray(), count);
  }
}
