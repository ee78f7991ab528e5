package io.stridewatch.deploy;

import io.stridewatch.deploy.screen.Desk;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.screen.Draft;
import io.stridewatch.sink.screen.Request;
import io.stridewatch.sink.view.Remark;
import io.stridewatch.sink.view.Silence;
import io.stridewatch.sink.view.View;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Says of alerts, for all who look at them, what a person at a full screen says. An instance that
 * was started again is asked where it is now.
 */
final class AlertDesk implements Desk {
  private final Supplier<Kafka> kafka;
  private final String who;
  private final InstantSource clock;

  AlertDesk(Supplier<Kafka> kafka, String who, InstantSource clock) {
    this.kafka = kafka;
    this.who = who;
    this.clock = clock;
  }

  @Override
  public String say(Request.Say said) throws IOException, InterruptedException {
    write(new Remark(said.kind(), said.alert(), clock.instant(), who, said.text()));
    return said.kind().label() + " " + said.alert();
  }

  @Override
  public List<String> preview(Draft draft) throws IOException {
    Terminal terminal = Terminal.standardOutput(System.getenv());
    return SilencePreview.lines(kafka.get(), silence(draft), clock.instant(), terminal);
  }

  @Override
  public String set(Draft draft) throws IOException, InterruptedException {
    Silence silence = silence(draft);
    write(silence);
    return "silence " + silence.told();
  }

  private Silence silence(Draft draft) {
    Instant now = clock.instant();
    return new Silence(newId(), draft.matchers(), now, now.plus(draft.span()), who, draft.why());
  }

  /** An id for a new silence or baseline. */
  static String newId() {
    return "%08x".formatted(ThreadLocalRandom.current().nextInt());
  }

  private void write(View view) throws IOException, InterruptedException {
    try {
      ViewsTopic.write(kafka.get(), view.key(), view.line());
    } catch (CommandFault e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
