package io.stridewatch.rule;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** The comments of a YAML file, to be handed out once each. */
final class Comments {
  private final TreeMap<Integer, String> byLine = new TreeMap<>();

  private Comments() {}

  /** Of a file that was read already, and so is YAML. */
  static Comments of(String text) {
    Comments comments = new Comments();
    LoaderOptions options = new LoaderOptions();
    options.setProcessComments(true);
    options.setCodePointLimit(Math.max(1, text.length()));
    ParserImpl parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
    while (!parser.checkEvent(Event.ID.StreamEnd)) {
      if (parser.getEvent() instanceof CommentEvent comment
          && comment.getCommentType() != CommentType.BLANK_LINE) {
        int line = comment.getStartMark().getLine() + 1;
        comments.byLine.merge(line, "#" + comment.getValue(), (a, b) -> a + b);
      }
    }
    return comments;
  }

  /** What stands before that line. */
  List<String> before(int line) {
    List<String> before = new ArrayList<>(byLine.headMap(line, true).values());
    byLine.headMap(line, true).clear();
    return before;
  }
}
