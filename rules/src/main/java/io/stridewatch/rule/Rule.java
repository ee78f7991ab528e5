package io.stridewatch.rule;

/** A placeholder until the rule reader lands. */
public record Rule(String name) {}
