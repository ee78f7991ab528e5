package io.stridewatch.collector.recording;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPInputStream;

/** Takes gzip (RFC 1952) and zstd (RFC 8878) off a stream, told by their first bytes. */
public final class Unpacked {
  private static final int BUFFER = 64 << 10;
  private static final int GZIP = 0x1f8b;
  private static final int ZSTD = 0x28b52ffd;

  /** A zstd frame may ask for so much memory and no more: 128 MiB, as the zstd command allows. */
  private static final int ZSTD_WINDOW_LOG = 27;

  private Unpacked() {}

  /**
   * The stream without its compression, or as it is.
   *
   * @throws IOException when it can't be read, or begins like gzip or zstd and is neither
   */
  public static InputStream of(InputStream packed) throws IOException {
    byte[] head = packed.readNBytes(4);
    InputStream whole = new Whole(new SequenceInputStream(new ByteArrayInputStream(head), packed));
    if (head.length >= 2 && number(head, 2) == GZIP) {
      return new GZIPInputStream(whole, BUFFER);
    }
    if (head.length == 4 && number(head, 4) == ZSTD) {
      return new ZstdInputStream(whole).setLongMax(ZSTD_WINDOW_LOG);
    }
    return whole;
  }

  private static int number(byte[] head, int length) {
    int number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | head[i] & 0xff;
    }
    return number;
  }

  /** Never says that nothing is there: a gzip reader would take that for the last member's end. */
  private static final class Whole extends FilterInputStream {
    Whole(InputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      return Math.max(1, super.available());
    }
  }
}
