package io.stridewatch.deploy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * How the program logs: sentences on standard error, ours from INFO, the libraries' only what is an
 * error, Kafka's not at all: its errors come to us as exceptions, and its lines tell of races that
 * it settles itself. In code, since reading a file of XML would cost each start a tenth of a
 * second. Control characters in messages are replaced: a record must not write our log.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class Logs extends ContextAwareBase implements Configurator {
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %replace(%msg){'[\\p{Cc}\\p{Cf}]', '?'}%n%ex{short}";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(LINE);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    context.getLogger("ROOT").addAppender(console);
    context.getLogger("ROOT").setLevel(Level.ERROR);
    // On a busy machine it calls a heartbeat of half a second late an error.
    context.getLogger("org.apache.kafka.controller").setLevel(Level.OFF);
    context.getLogger("io.stridewatch").setLevel(Level.INFO);
    for (String kafka : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
      context.getLogger(kafka).setLevel(Level.OFF);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
