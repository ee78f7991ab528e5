package io.stridewatch.event;

import java.util.Map;
import java.util.Set;

/**
 * Names of record types. An auditd older than its kernel writes {@code UNKNOWN[1336]} for what it
 * does not know; the numbers are those of linux/audit.h.
 */
final class AuditdTypes {
  private static final Map<String, String> BY_NUMBER =
      Map.ofEntries(
          Map.entry("1317", "FD_PAIR"),
          Map.entry("1321", "BPRM_FCAPS"),
          Map.entry("1322", "CAPSET"),
          Map.entry("1323", "MMAP"),
          Map.entry("1324", "NETFILTER_PKT"),
          Map.entry("1325", "NETFILTER_CFG"),
          Map.entry("1326", "SECCOMP"),
          Map.entry("1327", "PROCTITLE"),
          Map.entry("1328", "FEATURE_CHANGE"),
          Map.entry("1329", "REPLACE"),
          Map.entry("1330", "KERN_MODULE"),
          Map.entry("1331", "FANOTIFY"),
          Map.entry("1332", "TIME_INJOFFSET"),
          Map.entry("1333", "TIME_ADJNTPVAL"),
          Map.entry("1334", "BPF"),
          Map.entry("1335", "EVENT_LISTENER"),
          Map.entry("1336", "URINGOP"),
          Map.entry("1337", "OPENAT2"),
          Map.entry("1338", "DM_CTRL"),
          Map.entry("1339", "DM_EVENT"),
          Map.entry("1416", "MAC_UNLBL_STCADD"),
          Map.entry("1417", "MAC_UNLBL_STCDEL"),
          Map.entry("1418", "MAC_CALIPSO_ADD"),
          Map.entry("1419", "MAC_CALIPSO_DEL"),
          Map.entry("1420", "IPE_ACCESS"),
          Map.entry("1421", "IPE_CONFIG_CHANGE"),
          Map.entry("1422", "IPE_POLICY_LOAD"),
          Map.entry("1423", "LANDLOCK_ACCESS"),
          Map.entry("1424", "LANDLOCK_DOMAIN"),
          Map.entry("1702", "ANOM_LINK"),
          Map.entry("1703", "ANOM_CREAT"));

  /** What a program sent by itself: always an event of one record. */
  private static final Set<String> LONE =
      Set.of(
          "ADD_GROUP",
          "ADD_USER",
          "DEL_GROUP",
          "DEL_USER",
          "GRP_MGMT",
          "CHGRP_ID",
          "CHUSER_ID",
          "CRED_ACQ",
          "CRED_DISP",
          "CRED_REFR",
          "ROLE_ASSIGN",
          "SERVICE_START",
          "SERVICE_STOP",
          "SYSTEM_BOOT",
          "SYSTEM_RUNLEVEL",
          "SYSTEM_SHUTDOWN",
          "SOFTWARE_UPDATE",
          "TRUSTED_APP",
          "USER",
          "ACCT_LOCK",
          "ACCT_UNLOCK");

  private AuditdTypes() {}

  /** The type's name, its number looked up where that is all that was written. */
  static String name(String word) {
    if (!word.startsWith("UNKNOWN[") || !word.endsWith("]")) {
      return word;
    }
    return BY_NUMBER.getOrDefault(word.substring(8, word.length() - 1), word);
  }

  /** Whether the kernel writes no other record of an event behind one of this type. */
  static boolean last(String type) {
    return type.equals("PROCTITLE")
        || type.startsWith("USER_")
        || type.startsWith("DAEMON_")
        || type.startsWith("VIRT_")
        || type.startsWith("CRYPTO_")
        || LONE.contains(type);
  }
}
