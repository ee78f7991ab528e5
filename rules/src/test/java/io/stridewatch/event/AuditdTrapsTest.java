package io.stridewatch.event;

import static io.stridewatch.event.AuditdLines.event;
import static io.stridewatch.event.AuditdLines.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where readers of audit records go wrong, each with a record that a kernel or auditd wrote. */
class AuditdTrapsTest {
  private static final String SEPARATOR = "\u001d";

  private static List<String> values(String record, String field) {
    return records(record).values(field);
  }

  @Test
  void readsANodeBeforeTheType() {
    AuditdEvent event = event("node=web-1 type=CWD msg=audit(1795191097.530:112): cwd=\"/\"");
    assertEquals("web-1", event.scope());
    assertEquals("web-1/1795191097.530:112", event.id());
    assertEquals("node=web-1 audit(1795191097.530:112)", event.ref());
    assertEquals(1_795_191_097_530_000_000L, event.nanos());
  }

  @Test
  void takesTheDefaultScopeWhereNoNodeIsTold() {
    AuditdEvent event = event("type=CWD msg=audit(1795191097.530:112): cwd=\"/\"");
    assertEquals("vm/1795191097.530:112", event.id());
    assertEquals("audit(1795191097.530:112)", event.ref());
  }

  @Test
  void endsAValueAtTheByteThatBeginsWhatAuditdAdded() {
    AuditdEvent event =
        records("PATH cap_fver=0 cap_frootid=0" + SEPARATOR + "OUID=\"root\" OGID=\"a b\"");
    assertEquals(List.of("0"), event.values("cap_frootid"));
    assertEquals(List.of("root"), event.values("OUID"));
    assertEquals(List.of("a b"), event.values("OGID"));
  }

  @Test
  void keepsThatByteInANameWhereItIsInHex() {
    assertEquals(
        List.of("/etc/docker/g\\x1ds"),
        values("PATH name=2F6574632F646F636B65722F671D73 nametype=NORMAL", "file"));
  }

  @Test
  void doesNotSplitAnAddedSocketAddressAtItsBlanks() {
    AuditdEvent event =
        records(
            "SOCKADDR saddr=01002F746D702F61206200"
                + SEPARATOR
                + "SADDR={ saddr_fam=local path=/tmp/a b }");
    assertEquals(List.of("/tmp/a b"), event.values("socket"));
    assertFalse(event.has("path"));
  }

  @Test
  void computesTheCallWhereAuditdSaysThatItIsUnknown() {
    AuditdEvent event =
        records(
            "SECCOMP auid=0 uid=0 exe=\"/x\" sig=31 arch=c000003e syscall=111 compat=0"
                + SEPARATOR
                + "ARCH=x86_64 SYSCALL=unknown-syscall(-1)");
    assertEquals(List.of("getpgrp"), event.values("SYSCALL"));
    assertEquals(List.of("getpgrp"), event.values("syscall"));
  }

  @Test
  void takesNamesOfIdsFromWhatAuditdAdded() {
    AuditdEvent event =
        records("SYSCALL auid=4242 uid=0" + SEPARATOR + "AUID=\"audtest\" UID=\"root\"");
    assertEquals("audtest", event.actor().get("name"));
    assertEquals("4242", event.actor().get("auid"));
  }

  @Test
  void endsAProgramsMessageAtItsLastQuoteAndTakesNothingFromWhatWasTyped() {
    AuditdEvent event =
        records(
            "USER pid=18314 uid=0 auid=4294967295 ses=4294967295 msg='text=h\\303\\251llo 'quoted'"
                + " key=\"x\" res=failed exe=\"/bin/forged\" exe=\"/usr/sbin/auditctl\" hostname=?"
                + " addr=? terminal=? res=success'"
                + SEPARATOR
                + "UID=\"root\" AUID=\"unset\"");
    assertEquals(
        List.of("h\\303\\251llo 'quoted' key=\"x\" res=failed exe=\"/bin/forged\""),
        event.values("text"));
    assertEquals(List.of(), event.values("key"));
    assertEquals(List.of("yes"), event.values("success"));
    assertEquals(List.of("/usr/sbin/auditctl"), event.values("exe"));
    assertEquals(List.of("root"), event.values("UID"));
  }

  @Test
  void takesNoNamesFromWhatWasTyped() {
    AuditdEvent event =
        records(
            "USER uid=1000 auid=1000 msg='text=x"
                + SEPARATOR
                + "AUID=\"root\" exe=\"/a\" res=success'"
                + SEPARATOR
                + "UID=\"eve\" AUID=\"eve\"");
    assertEquals(List.of("eve"), event.values("AUID"));
    assertEquals("eve", event.actor().get("name"));
  }

  @Test
  void readsValuesWithBlanksAndEmptyOnes() {
    assertEquals(
        List.of("adding user to group"),
        values("ADD_USER msg='op=adding user to group acct=\"audtest\" res=success'", "op"));
    assertEquals(
        List.of("adding group to /etc/group"),
        values("ADD_GROUP msg='op=adding group to /etc/group id=4300 res=success'", "op"));
    AuditdEvent empty = records("ADD_GROUP msg='op= id=4300 res=success'");
    assertEquals(List.of(""), empty.values("op"));
    assertEquals(List.of("4300"), empty.values("id"));
  }

  @Test
  void partsSessionAndOperationWhereTheKernelForgotTheBlank() {
    AuditdEvent event =
        records(
            "CONFIG_CHANGE auid=4294967295 ses=4294967295op=remove_rule"
                + " path=\"/etc/docker/daemon.json\" key=\"docker_daemon_json\" list=4 res=1");
    assertEquals(List.of("unset", "4294967295"), event.values("ses"));
    assertEquals(List.of("remove_rule"), event.values("op"));
    assertEquals("docker_daemon_json", event.target().get("name"));
    assertEquals("/etc/docker/daemon.json", event.target().get("path"));
  }

  @Test
  void keepsEachOfSeveralRecordsOfOneType() {
    AuditdEvent event =
        records(
            "CONFIG_CHANGE op=remove_rule key=\"a\" res=1",
            "CONFIG_CHANGE op=remove_rule key=\"b\" res=1",
            "CONFIG_CHANGE op=remove_rule key=\"c\" res=0");
    assertEquals(List.of("a", "b", "c"), event.values("keys"));
    assertEquals(List.of("yes", "no"), event.values("success"));
    assertEquals(List.of("b"), event.views().get(1).values("key"));
  }

  @Test
  void givesEachOfSeveralKeys() {
    String two = "SYSCALL key=6369735F746C735F6361017374726964655F696E666F";
    assertEquals(List.of("cis_tls_ca", "stride_info"), values(two, "key"));
    assertEquals(List.of("cis_tls_ca", "stride_info"), values(two, "keys"));
  }

  @Test
  void tellsNoneFromTheTextNull() {
    AuditdEvent none =
        records("SYSCALL comm=(null) key=(null)", "PATH name=(null) nametype=NORMAL");
    assertEquals(List.of(), none.values("comm"));
    assertTrue(none.has("comm"));
    assertEquals(List.of(), none.values("keys"));
    assertEquals(List.of(), none.values("file"));
    AuditdEvent text =
        records("SYSCALL comm=\"(null)\"", "PATH name=\"/etc/(null)\" nametype=NORMAL");
    assertEquals(List.of("(null)"), text.values("comm"));
    assertEquals(List.of("/etc/(null)"), text.values("file"));
  }

  @Test
  void letsQuotesDecideWhatIsHexAndNeverTheLetters() {
    assertEquals(List.of("ABCDEF"), values("SYSCALL comm=\"ABCDEF\"", "comm"));
    assertEquals(
        List.of("/etc/docker/DEADBEEF"), values("PATH name=\"/etc/docker/DEADBEEF\"", "name"));
    assertEquals(List.of("6B5C"), values("SYSCALL key=\"6B5C\"", "key"));
    assertEquals(List.of("k\\303 x"), values("SYSCALL key=6B5C3330332078", "key"));
    assertEquals(List.of(""), values("SYSCALL comm=\"\"", "comm"));
  }

  @Test
  void writesControlBytesAndBadUtf8SoThatTheyCanBeReadBack() {
    assertEquals(List.of("ctl\\x01\\x1d\\x0a"), values("SYSCALL comm=63746C011D0A", "comm"));
    assertEquals(List.of("bad\\xff\\xfe"), values("SYSCALL comm=626164FFFE", "comm"));
    assertEquals(List.of("\\x5cx41\\"), values("SYSCALL comm=5C7834315C", "comm"));
    assertEquals(List.of("back\\slash"), values("SYSCALL comm=\"back\\slash\"", "comm"));
    assertEquals(List.of("caf\u00e9"), values("SYSCALL comm=636166C3A9", "comm"));
    assertEquals(List.of("\\xc3"), values("SYSCALL comm=C3", "comm"));
    assertEquals(List.of("\\xed\\xa0\\x80"), values("SYSCALL comm=EDA080", "comm"));
  }

  @Test
  void doesNotTakeHexNumbersForText() {
    AuditdEvent event =
        records(
            "SOCKETCALL nargs=3 a0=4 a1=10000200 a2=6e",
            "SYSCALL arch=40000003 syscall=102 a0=3 a1=4142 a2=6E a3=0 items=0");
    assertEquals(List.of("6e"), event.views().get(0).values("a2"));
    assertEquals(List.of("4142"), event.views().get(1).values("a1"));
  }

  @Test
  void doesNotLendTheRawArgumentsOfACallToOtherRecords() {
    Fields path =
        records("SYSCALL a0=41 comm=\"x\" items=1", "PATH name=\"/x\" mode=0100644").views().get(1);
    assertEquals(List.of(), path.values("a0"));
    assertEquals(List.of("x"), path.values("comm"));
    assertEquals(List.of("PATH"), path.values("type"));
  }

  @Test
  void joinsThePiecesOfAnArgumentBeforeItDecodesThem() {
    AuditdEvent event =
        records(
            "SYSCALL a0=1 a1=2",
            "EXECVE argc=4 a0=\"true\" a1_len=6 a1[0]=61C3",
            "EXECVE  a1[1]=A962 a2=\"\"",
            "EXECVE  a3_len=4 a3[0]=\"ab\" a3[1]=\"cd\"");
    assertEquals(List.of("true", "a\u00e9b", "", "abcd"), event.values("argv"));
    assertEquals(List.of("true a\u00e9b  abcd"), event.values("command"));
    Fields execve = event.views().get(1);
    assertEquals(List.of("a\u00e9b"), execve.values("a1"));
    assertEquals(List.of(""), execve.values("a2"));
    assertEquals(List.of("abcd"), execve.values("a3"));
    assertEquals(2, event.views().size());
  }

  @Test
  void partsTheWordsOfATitle() {
    assertEquals(
        List.of("bash -c id"), values("PROCTITLE proctitle=62617368002D63006964", "proctitle"));
    assertEquals(
        List.of("./bin/mcast"), values("PROCTITLE proctitle=\"./bin/mcast\"", "proctitle"));
  }

  @Test
  void readsUnsetSignedAndUnsigned() {
    assertEquals(List.of("unset"), values("SYSCALL auid=4294967295 uid=0", "auid"));
    assertEquals(List.of("unset"), values("DAEMON_END op=terminate auid=-1 pid=-1", "auid"));
    assertEquals(List.of("unset", "-1"), values("OBJ_PID opid=1 oauid=-1 oses=-1", "oauid"));
    assertEquals("root", records("SYSCALL auid=4294967295 uid=0").actor().get("name"));
  }

  @Test
  void readsCallsOfEachArchitectureByItsOwnTable() {
    assertEquals(List.of("open"), values("SYSCALL arch=40000003 syscall=5", "syscall"));
    assertEquals(List.of("fstat"), values("SYSCALL arch=c000003e syscall=5", "syscall"));
    assertEquals(List.of("setxattr"), values("SYSCALL arch=c00000b7 syscall=5", "syscall"));
    assertEquals(List.of("openat2"), values("SYSCALL arch=c000003e syscall=437", "syscall"));
    assertEquals(List.of("openat"), values("SYSCALL arch=c000003e syscall=1073742081", "syscall"));
    assertEquals(List.of("i386"), values("SYSCALL arch=40000003 syscall=5", "ARCH"));
    assertEquals(List.of(), values("SYSCALL arch=c000003e syscall=9999", "SYSCALL"));
    assertEquals(
        List.of("12"), records("SYSCALL arch=7 syscall=12").views().get(0).values("syscall"));
  }

  @Test
  void givesTheNameAndTheNumberOfACall() {
    assertEquals(
        List.of("execve", "59"),
        records("SYSCALL arch=c000003e syscall=59").views().get(0).values("syscall"));
  }

  @Test
  void takesThirtyTwoBitsOfADirectoryDescriptor() {
    for (String here : List.of("ffffff9c", "ffffffffffffff9c")) {
      AuditdEvent event =
          records(
              "SYSCALL arch=c000003e syscall=257 a0=" + here + " a2=241",
              "CWD cwd=\"/etc\"",
              "PATH name=\"docker/./x/../daemon.json\" nametype=NORMAL");
      assertEquals(List.of("/etc/docker/daemon.json"), event.values("file"));
    }
  }

  @Test
  void leavesANameRelativeWhoseDirectoryNoRecordTells() {
    AuditdEvent event =
        records(
            "SYSCALL arch=c000003e syscall=263 a0=5 success=yes",
            "CWD cwd=\"/opt/auditlab\"",
            "PATH item=0 name=\"/opt/auditlab\" inode=2342931 dev=fe:00 nametype=PARENT",
            "PATH item=1 name=\"client.key\" inode=2342947 dev=fe:00 nametype=DELETE");
    assertEquals(List.of("client.key"), event.values("file"));
    assertEquals(List.of(), event.values("folder"));
    assertEquals(List.of("fe:00:2342947"), event.values("inode"));
  }

  @Test
  void givesTheInodeWhereTheNameIsNotRecorded() {
    AuditdEvent event =
        records(
            "SYSCALL arch=c000003e syscall=91 success=yes a0=3 a1=1b6",
            "PATH item=0 name=(null) inode=2244662 dev=fe:00 mode=0100644 nametype=NORMAL");
    assertEquals(List.of("mode"), event.values("change"));
    assertEquals(List.of("0666"), event.values("mode"));
    assertEquals(List.of(), event.values("file"));
    assertEquals(List.of("fe:00:2244662"), event.values("inode"));
    assertEquals("inode fe:00:2244662", event.target().get("name"));
  }

  @Test
  void readsEachWordForSuccess() {
    assertEquals(List.of("no"), values("SYSCALL success=no exit=-13", "success"));
    assertEquals(List.of("yes"), values("LOGIN old-auid=0 auid=1 res=1", "success"));
    assertEquals(List.of("no"), values("USER_AUTH msg='op=PAM res=failed'", "success"));
    assertEquals(List.of(), values("CWD cwd=\"/\"", "success"));
  }

  @Test
  void readsWhatAuditdSaysOfItself() {
    AuditdEvent event =
        records("DAEMON_ACCEPT op=accept addr=::ffff:127.0.0.1 port=34318 res=success");
    assertEquals(List.of("::ffff:127.0.0.1"), event.values("address"));
    assertEquals(List.of("34318"), event.values("port"));
    assertEquals("[::ffff:127.0.0.1]:34318", event.target().get("name"));
    assertNull(event.actor());
  }

  @Test
  void namesTypesThatAnOlderAuditdKnowsByNumberOnly() {
    assertEquals(List.of("URINGOP"), values("UNKNOWN[1336] uring_op=18", "type"));
    assertEquals(List.of("UNKNOWN[9999]"), values("UNKNOWN[9999] x=1", "type"));
  }

  @Test
  void keepsMasksOfSixtyFourBitsAsTheyAreSpelled() {
    assertEquals(List.of("000001fffeffffff"), values("BPRM_FCAPS pp=000001fffeffffff", "pp"));
  }

  @Test
  void readsATruncatedLineAsFarAsItGoes() {
    AuditdEvent event = records("PATH item=0 name=\"/etc/docker/dae");
    assertEquals(List.of("/etc/docker/dae"), event.values("name"));
  }

  @Test
  void noDerivedFieldIsTakenForARecordsOwn() {
    AuditdEvent event = records("SYSCALL auid=0");
    for (String field : AuditdDerived.NAMES) {
      assertNotNull(event.derived().values(field), field);
    }
    assertNull(event.derived().values("exe"));
  }
}
