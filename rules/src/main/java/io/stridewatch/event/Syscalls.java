package io.stridewatch.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Names of system calls by architecture and number, as Linux publishes them (asm/unistd_64.h,
 * asm/unistd_32.h, asm-generic/unistd.h). What auditd itself wrote is not trusted: 3.0.9 gives
 * {@code unknown-syscall(-1)} for calls of SECCOMP records.
 */
final class Syscalls {
  private static final long X32 = 0x4000_0000L;

  private static final String[] X86_64 = table("x86_64.txt");
  private static final String[] I386 = table("i386.txt");

  // RISC-V and LoongArch number their calls as the generic table does, like aarch64.
  private static final String[] GENERIC = table("aarch64.txt");

  /** AUDIT_ARCH_* of linux/audit.h: ELF machine, with bits for 64 bit and little endian. */
  private static final Map<String, String> ARCHITECTURES =
      Map.ofEntries(
          Map.entry("c000003e", "x86_64"),
          Map.entry("40000003", "i386"),
          Map.entry("c00000b7", "aarch64"),
          Map.entry("40000028", "arm"),
          Map.entry("c00000f3", "riscv64"),
          Map.entry("c0000102", "loongarch64"),
          Map.entry("c0000015", "ppc64le"),
          Map.entry("80000015", "ppc64"),
          Map.entry("80000016", "s390x"),
          Map.entry("16", "s390"));

  private Syscalls() {}

  /** The architecture's name, or null for one that is not known. */
  static String architecture(String arch) {
    return ARCHITECTURES.get(arch);
  }

  /** The call's name, or null when the architecture or the number is not known. */
  static String name(String arch, long number) {
    String[] table = tableOf(arch);
    long plain = arch.equals("c000003e") ? number & ~X32 : number;
    return table == null || plain < 0 || plain >= table.length ? null : table[(int) plain];
  }

  private static String[] tableOf(String arch) {
    return switch (arch) {
      case "c000003e" -> X86_64;
      case "40000003" -> I386;
      case "c00000b7", "c00000f3", "c0000102" -> GENERIC;
      default -> null;
    };
  }

  private static String[] table(String file) {
    String[] names = new String[512];
    try (InputStream in = Syscalls.class.getResourceAsStream("syscalls/" + file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int blank = line.indexOf(' ');
        names[Integer.parseInt(line.substring(0, blank))] = line.substring(blank + 1).intern();
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("the table of system calls " + file + " can't be read", e);
    }
  }
}
