package io.stridewatch.sink.form;

import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.Stride;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An alert as a message for people: Slack's blocks (incoming webhooks, Block Kit) and Microsoft
 * Teams' adaptive card 1.4 (workflow webhooks). The evidence is named, not quoted. No value can
 * format, link or call somebody: Slack's are escaped as its manual says ({@code & < >}) and stand
 * in code, Teams' are text runs, which know no Markdown.
 */
final class Chat {
  /** Slack takes 3000 characters in a section, Teams 28 KB in all. */
  private static final int LONGEST = 500;

  private static final int HEADER = 150;

  private record Fact(String name, String value) {}

  private Chat() {}

  static String slack(Alert alert) {
    JsonLine json = new JsonLine().open('{').key("text").text(escaped(headline(alert)));
    json.key("blocks").open('[').open('{').key("type").text("header").key("text");
    json.open('{').key("type").text("plain_text").key("emoji").bool(false);
    json.key("text").text(Text.cut(Text.shown(headline(alert)), HEADER)).close('}').close('}');
    for (Fact fact : facts(alert)) {
      json.open('{').key("type").text("section").key("text").open('{').key("type").text("mrkdwn");
      json.key("text").text("*" + fact.name() + "* `" + code(fact.value()) + "`");
      json.close('}').close('}');
    }
    return json.close(']').close('}').toString();
  }

  /** Slack's manual, Formatting text: these three and no others. */
  private static String escaped(String text) {
    return Text.shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** What is in code is not formatted; a back tick would end it. */
  private static String code(String text) {
    return escaped(Text.cut(text, LONGEST)).replace('`', '\'');
  }

  static String teams(Alert alert) {
    JsonLine json = new JsonLine().open('{').key("type").text("message").key("attachments");
    json.open('[').open('{').key("contentType").text("application/vnd.microsoft.card.adaptive");
    json.key("contentUrl").text(null).key("content").open('{');
    json.key("$schema").text("http://adaptivecards.io/schemas/adaptive-card.json");
    json.key("type").text("AdaptiveCard").key("version").text("1.4").key("body").open('[');
    run(json, "", headline(alert));
    facts(alert).forEach(fact -> run(json, fact.name(), fact.value()));
    return json.close(']').close('}').close('}').close(']').close('}').toString();
  }

  private static void run(JsonLine json, String name, String value) {
    json.open('{').key("type").text("RichTextBlock").key("inlines").open('[');
    if (!name.isEmpty()) {
      json.open('{').key("type").text("TextRun").key("text").text(name + " ");
      json.key("isSubtle").bool(true).close('}');
    }
    json.open('{').key("type").text("TextRun");
    json.key("text").text(Text.shown(Text.cut(value, LONGEST)));
    json.key("weight").text(name.isEmpty() ? "Bolder" : "Default").close('}');
    json.close(']').close('}');
  }

  private static String headline(Alert alert) {
    return alert.severity().label().toUpperCase(Locale.ROOT)
        + " "
        + Text.cut(alert.summary(), LONGEST);
  }

  private static List<Fact> facts(Alert alert) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("why", alert.title() + " (" + alert.rule() + ")"));
    facts.add(new Fact("STRIDE", stride(alert)));
    facts.add(new Fact("where", alert.scope()));
    facts.add(new Fact("who", Text.entity(alert.actor())));
    facts.add(new Fact("what", Text.entity(alert.target())));
    facts.add(new Fact("when", alert.time().toString()));
    facts.add(new Fact("do", alert.remedy()));
    facts.add(new Fact("id", alert.id()));
    facts.removeIf(fact -> fact.value().isEmpty());
    return facts;
  }

  private static String stride(Alert alert) {
    return alert.stride().stream().map(Stride::label).collect(Collectors.joining(", "));
  }
}
