/**
 * What records mean: one pure decoder for each source, from a raw record to a typed event, and
 * auditd's assembler. No I/O, no clock. Scalars keep their spelling, repeated keys are not dropped,
 * and reading is lazy: a decoder looks at what tells events apart and leaves the rest until a rule
 * asks.
 */
package io.stridewatch.event;
