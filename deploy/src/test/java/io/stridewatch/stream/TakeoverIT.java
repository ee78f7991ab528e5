package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share the partitions; one goes away while records come. */
@Timeout(180)
class TakeoverIT {
  private static final int PARTITIONS = 4;
  private static final Duration TAKEN_OVER = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private DataDirectory data;
  private EmbeddedBroker broker;
  private Kafka kafka;
  private EventWriter writer;
  private Told told;
  private final Set<String> written = new TreeSet<>();

  @BeforeEach
  void startsTheBroker() throws Exception {
    data = DataDirectory.open(directory);
    broker = EmbeddedBroker.start(data, "shared", false);
    kafka = broker.kafka();
    kafka.topics().create(kafka, PARTITIONS, 1, Road.MAX_RECORD);
    writer = new EventWriter(kafka, Road.MAX_RECORD);
    told = new Told(kafka);
  }

  @AfterEach
  void stopsTheBroker() throws Exception {
    told.close();
    writer.close();
    broker.close();
    data.close();
  }

  @Test
  void whatAKilledProcessHadIsJudgedByTheOtherWithin20Seconds() throws Exception {
    try (Member first = Member.start(directory, "first")) {
      write(50);
      try (Member second = Member.start(directory, "second")) {
        sharesThePartitions();
        write(50);
        first.kill();
        write(50);
        assertEquals(Set.of(), told.missing(written, TAKEN_OVER));
        assertEquals(Set.of(), told.twice());
        second.terminate();
      }
    }
  }

  @Test
  void whatAProcessGivesUpInOrderIsJudgedByTheOtherSooner() throws Exception {
    try (Member first = Member.start(directory, "first");
        Member second = Member.start(directory, "second")) {
      sharesThePartitions();
      write(50);
      first.terminate();
      write(50);
      assertEquals(Set.of(), told.missing(written, SOON));
      assertEquals(Set.of(), told.twice());
      second.terminate();
    }
  }

  @Test
  void aProcessThatSleptLongerThanItsSessionIsFencedAndComesBack() throws Exception {
    try (Member first = Member.start(directory, "first");
        Member second = Member.start(directory, "second")) {
      sharesThePartitions();
      write(50);
      first.signal("STOP");
      write(50);
      assertEquals(Set.of(), told.missing(written, TAKEN_OVER));
      first.signal("CONT");
      write(50);
      assertEquals(Set.of(), told.missing(written, TAKEN_OVER));
      sharesThePartitions();
      write(50);
      assertEquals(Set.of(), told.missing(written, TAKEN_OVER));
      assertEquals(Set.of(), told.twice());
      second.terminate();
      first.terminate();
    }
  }

  /** One more of each of so many, over more scopes than there are partitions. */
  private void write(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String id = "id" + written.size();
      writer.emit(List.of(Sample.record("host" + i % 11, id, "alert")));
      written.add(id);
    }
  }

  /** Waits until both have some of them. */
  private void sharesThePartitions() throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (Admin admin = kafka.admin()) {
      List<Integer> shares = List.of();
      while (!shares.equals(List.of(PARTITIONS / 2, PARTITIONS / 2))) {
        assertTrue(System.nanoTime() < deadline, "partitions are shared as " + shares);
        shares = shares(admin);
      }
    }
  }

  private static List<Integer> shares(Admin admin) throws Exception {
    String group = "shared.detection";
    Collection<MemberDescription> members =
        admin.describeConsumerGroups(List.of(group)).all().get().get(group).members();
    return members.stream().map(member -> member.assignment().topicPartitions().size()).toList();
  }
}
