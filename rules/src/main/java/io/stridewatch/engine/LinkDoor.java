package io.stridewatch.engine;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Links;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How one engine's second stage gets its links and its time: from outside by {@link Links}, or
 * where none are given out from the first stage itself. One thread.
 */
final class LinkDoor implements Links {
  private final SecondStage second;
  private final Map<String, Scope> scopes;
  private final Raising raising;
  private final Bound bound;
  private Scope slowest;
  private long least = Watermark.NONE;

  /**
   * @param scopes of the first stage
   */
  LinkDoor(SecondStage second, Map<String, Scope> scopes, Raising raising, Bound bound) {
    this.second = second;
    this.scopes = scopes;
    this.raising = raising;
    this.bound = bound;
  }

  /** Where no links are given out, the second stage stands where the first as a whole does. */
  void settle(List<Alert> alerts) {
    if (second.isApart()) {
      return;
    }
    if (second.settle()) {
      bound.used(second.scope().lane());
    }
    if ((slowest == null || slowest.mark() != least) && second.waits()) {
      least = least(any -> true);
      if (least != Watermark.NONE) {
        raise(second.scope().passTo(least), alerts);
      }
    }
  }

  /** The same where all events up to this time, and of it, are there. */
  void settleTo(long nanos, List<Alert> alerts) {
    if (!second.isApart()) {
      second.settle();
      raise(second.scope().advanceTo(nanos), alerts);
    }
  }

  private void raise(List<Fired> some, List<Alert> alerts) {
    some.forEach(fired -> raising.fired(second.scope(), fired, alerts));
  }

  /** Of these scopes that tell their time; none while one of them does not know it. */
  private long least(Predicate<String> some) {
    slowest = null;
    for (Scope scope : scopes.values()) {
      if (scope.tellsTime()
          && some.test(scope.name())
          && (slowest == null || scope.mark() < slowest.mark())) {
        slowest = scope;
      }
    }
    return slowest == null ? Watermark.NONE : slowest.mark();
  }

  @Override
  public void drain(BiConsumer<String, byte[]> topic) {
    second.drain(topic);
  }

  @Override
  public List<Alert> accept(byte[] link, Function<SourceRecord, AuditEvent> decoder) {
    second.accept(Link.read(link, decoder));
    bound.used(second.scope().lane());
    return List.of();
  }

  @Override
  public List<Alert> advanceTo(Instant time) {
    List<Alert> alerts = new ArrayList<>();
    raise(second.scope().passTo(Times.nanos(time)), alerts);
    alerts.sort(Alert.ORDER);
    return alerts;
  }

  @Override
  public boolean waits() {
    return second.waits();
  }

  @Override
  public long late() {
    return second.late();
  }

  @Override
  public Instant mark(Predicate<String> some) {
    long mark = least(some);
    return mark == Watermark.NONE ? null : Times.ofNanos(mark);
  }
}
