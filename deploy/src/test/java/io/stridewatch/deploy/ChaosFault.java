package io.stridewatch.deploy;

import io.stridewatch.deploy.ChaosRoad.Part;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What goes wrong, in this order, again and again. */
enum ChaosFault {
  KILL_COLLECT {
    @Override
    void strike(ChaosRoad road) throws Exception {
      road.kill(Part.COLLECT);
    }
  },
  KILL_DETECT {
    @Override
    void strike(ChaosRoad road) throws Exception {
      road.kill(Part.DETECT);
    }
  },
  KILL_DELIVER {
    @Override
    void strike(ChaosRoad road) throws Exception {
      road.kill(Part.DELIVER);
    }
  },
  KILL_BROKER {
    @Override
    void strike(ChaosRoad road) throws Exception {
      road.kill(Part.BROKER);
    }
  },
  /** Longer than its session, so that another might have taken its place. */
  STOP_DETECT {
    @Override
    void strike(ChaosRoad road) throws Exception {
      road.signal(Part.DETECT, "STOP");
      pause(SESSION);
      road.signal(Part.DETECT, "CONT");
    }
  },
  /** Longer than Docker's engine remembers. */
  AWAY_COLLECT {
    @Override
    void strike(ChaosRoad road) throws Exception {
      road.end(Part.COLLECT);
      pause(REMEMBERED);
      road.begin(Part.COLLECT);
    }
  },
  /** Kafka is away and the disk buffer has no room; then Kafka is back, and then there is room. */
  FULL_DISK {
    @Override
    void strike(ChaosRoad road) throws Exception {
      road.disk().fill();
      road.signal(Part.BROKER, "STOP");
      pause(LITTLE);
      road.signal(Part.BROKER, "CONT");
      pause(LITTLE);
      road.disk().free();
    }
  },
  /** All stages start while there is no Kafka, for longer than an unknown one is waited for. */
  START_WITHOUT_BROKER {
    @Override
    void strike(ChaosRoad road) throws Exception {
      List<Part> stages = List.of(Part.COLLECT, Part.DETECT, Part.DELIVER);
      road.end(Part.BROKER);
      stages.forEach(road::end);
      for (Part stage : stages) {
        road.begin(stage);
      }
      pause(UNKNOWN);
      road.begin(Part.BROKER);
    }
  };

  private static final Duration SESSION = Duration.ofSeconds(12);
  private static final Duration REMEMBERED = Duration.ofSeconds(16);
  private static final Duration UNKNOWN = Duration.ofSeconds(20);
  private static final Duration LITTLE = Duration.ofSeconds(3);

  abstract void strike(ChaosRoad road) throws Exception;

  static void pause(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
