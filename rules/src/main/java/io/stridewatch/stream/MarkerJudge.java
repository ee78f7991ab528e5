package io.stridewatch.stream;

import io.stridewatch.UnreadableRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the markers of one partition to its engine and enters each in the ledger. One thread. */
final class MarkerJudge {
  private final InForce inForce;

  MarkerJudge(InForce inForce) {
    this.inForce = inForce;
  }

  /**
   * Goes over to the rules that a marker names.
   *
   * @throws UnreadableRecordException when it is broken; it is in the ledger as that
   * @throws UnknownRulesException when these are to be learned first; it is not in the ledger yet
   */
  void judge(Envelope.Opened marker, long offset, Ledger ledger) {
    String digest;
    try {
      digest = Marker.digest(marker.record().value());
    } catch (UnreadableRecordException e) {
      Judge.entered(marker, ledger).rejected(e.getMessage());
      throw e;
    }
    if (!inForce.marked(digest, offset)) {
      throw new UnknownRulesException(digest);
    }
    Judge.entered(marker, ledger).ticked();
  }

  /**
   * Enters a marker of rules that can't be learned; what was in force stays.
   *
   * @return why it is to be set aside
   */
  String absent(ConsumerRecord<byte[], byte[]> marker, Ledger ledger) {
    String reason = "unknown rules: the set that the marker names is not on the rules topic";
    Judge.entered(Envelope.open(marker), ledger).rejected(reason);
    return reason;
  }
}
