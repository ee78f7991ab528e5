package io.stridewatch.deploy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.Fault;
import io.stridewatch.rule.RuleFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every two seconds whether rule files have changed, compiles what they say and offers it to
 * be put in force. What is faulty is told once, and what its file said before stays in force. One
 * thread; files are looked at rather than waited for, because directories of mounted configuration
 * are swapped as a whole.
 */
final class RuleWatch implements Workers.Work {
  private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private final RuleFiles files;
  private final RuleEngines engines;
  private final Counter reloads;
  private final AtomicInteger faults = new AtomicInteger();
  private final Consumer<List<Fault>> faulty;
  private final Set<String> told = new HashSet<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Takes what the files say now as offered already.
   *
   * @param faulty takes all that is wrong after each change
   */
  RuleWatch(
      RuleFiles files, RuleEngines engines, MeterRegistry metrics, Consumer<List<Fault>> faulty) {
    this.faulty = faulty;
    this.files = files;
    this.engines = engines;
    files.changed().ifPresent(this::begin);
    reloads =
        Counter.builder("stridewatch.rules.reloads")
            .description("Times that changed rule files were put in force.")
            .register(metrics);
    Gauge.builder("stridewatch.rules.faults", faults, AtomicInteger::get)
        .description("Faults in the rule files as they are now.")
        .register(metrics);
  }

  @Override
  public void run() throws InterruptedException {
    while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      look();
    }
  }

  /** Offers what changed files say; does nothing when none has changed. */
  void look() {
    files.changed().ifPresent(this::replace);
  }

  private void replace(RuleFiles.Read read) {
    CompiledRules compiled = engines.compile(read.rules());
    faults.set(read.faults().size() + compiled.faults().size());
    Set<String> before = Set.copyOf(told);
    told.clear();
    for (Fault fault : read.faults()) {
      tell(fault, before, "a changed rule file is faulty, what it said before stays in force: {}");
    }
    for (Fault fault : compiled.faults()) {
      tell(fault, before, "a changed rule is left out: {}");
    }
    reloads.increment();
    List<Fault> all = new ArrayList<>(read.faults());
    all.addAll(compiled.faults());
    faulty.accept(all);
    LOG.info("rules were read again: rules={} faults={}", compiled.sources().size(), faults.get());
  }

  /** What is faulty at the start was told then. */
  private void begin(RuleFiles.Read read) {
    faults.set(read.faults().size());
    read.faults().forEach(fault -> told.add(fault.toString()));
  }

  /** Once, as long as it stays. */
  private void tell(Fault fault, Set<String> before, String sentence) {
    if (told.add(fault.toString()) && !before.contains(fault.toString())) {
      LOG.error(sentence, fault);
    }
  }

  void close() {
    closed.countDown();
  }
}
