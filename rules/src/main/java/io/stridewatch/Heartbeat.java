package io.stridewatch;

import java.time.Duration;
import java.time.Instant;

/**
 * What a collector says of itself for one scope every few seconds, whether its source speaks or
 * not.
 *
 * @param scope the host or cluster
 * @param source the kind of system that it reads
 * @param name the collector's
 * @param clock its machine's time
 * @param upTo event time up to which all that the source said is kept; null when that can't be said
 * @param position where that is in the source, in the source's own terms; may be empty
 * @param waiting bytes that wait on its disk for Kafka
 * @param records that it kept since it was started
 * @param rejected what it set aside since
 * @param trouble why the source can't be read now; null while it can
 * @param machine what tells its machine from others; empty when nothing does
 * @param silence how long it may be unheard, or its source unreadable, before people are told
 */
public record Heartbeat(
    String scope,
    Source source,
    String name,
    Instant clock,
    Instant upTo,
    String position,
    long waiting,
    long records,
    long rejected,
    String trouble,
    String machine,
    Duration silence) {}
