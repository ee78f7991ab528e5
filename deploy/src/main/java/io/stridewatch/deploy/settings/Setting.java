package io.stridewatch.deploy.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that may be set: flags, help, the file's keys and the README's table all come from it.
 *
 * @param group which commands take it
 * @param form how many values it takes
 * @param name the key in the file, the flag without {@code --}
 * @param placeholder what stands for its value in help, such as {@code HOST:PORT}
 * @param reader its texts made a value; throws IllegalArgumentException that says what would do
 * @param doc one sentence
 * @param otherwise its value when it is not set
 * @param otherwiseText that value in words, for help; empty when there is none
 */
public record Setting<T>(
    Group group,
    Form form,
    String name,
    String placeholder,
    Function<List<String>, T> reader,
    String doc,
    Function<Surroundings, T> otherwise,
    String otherwiseText) {

  /** Who takes a setting. */
  public enum Group {
    /** Every command that reads settings. */
    ALL,
    /** {@code run} and {@code collect}. */
    SOURCES,
    /** Whoever meets Kafka or keeps something on disk. */
    KAFKA,
    /** {@code run}, {@code detect}, {@code replay} and {@code rules}. */
    RULES,
    /** {@code run} and {@code deliver}. */
    SINKS,
    /** Whatever stays: {@code run}, {@code collect}, {@code detect} and {@code deliver}. */
    HTTP,
    /** {@code run} alone. */
    RUN
  }

  /** How a setting is given. */
  public enum Form {
    /** One value. */
    ONE,
    /** No value as a flag; true or false elsewhere. */
    SWITCH,
    /** Repeated as a flag, a list in the file, parted by commas in the environment. */
    LIST,
    /** Never on the command line or in the YAML file: there, the name of a file that holds it. */
    SECRET
  }

  /** The key in the YAML file: of a secret that of its file. */
  public String key() {
    return form == Form.SECRET ? name + "-file" : name;
  }

  /** The flag, with its dashes. */
  public String flag() {
    return "--" + key();
  }

  /** The environment variable; a secret's file is named by this and {@code _FILE}. */
  public String variable() {
    return "STRIDEWATCH_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  static <T> Setting<T> one(
      Group group, String name, String placeholder, Function<String, T> reader, String doc) {
    return new Setting<>(group, Form.ONE, name, placeholder, first(reader), doc, here -> null, "");
  }

  Setting<T> otherwise(Function<Surroundings, T> value, String inWords) {
    return new Setting<>(group, form, name, placeholder, reader, doc, value, inWords);
  }

  static <T> Setting<Optional<T>> optional(
      Group group, String name, String placeholder, Function<String, T> reader, String doc) {
    return Setting.<Optional<T>>one(
            group, name, placeholder, text -> Optional.of(reader.apply(text)), doc)
        .otherwise(here -> Optional.empty(), "");
  }

  static Setting<Optional<Path>> file(Group group, String name, String doc) {
    return optional(group, name, "FILE", Texts::path, doc);
  }

  static Setting<Watch> watch(
      String name, String placeholder, Function<String, String> reader, String doc) {
    return one(Group.SOURCES, name, placeholder, text -> Watch.at(text, reader), doc)
        .otherwise(here -> Watch.FIND, "where run finds it");
  }

  static <T> Setting<List<T>> list(
      Group group, String name, String placeholder, Function<String, T> reader, String doc) {
    return new Setting<>(
        group,
        Form.LIST,
        name,
        placeholder,
        texts -> texts.stream().map(reader).toList(),
        doc,
        here -> List.of(),
        "");
  }

  static Setting<Boolean> toggle(Group group, String name, String doc) {
    return new Setting<>(group, Form.SWITCH, name, "", first(Texts::truth), doc, here -> false, "");
  }

  static Setting<Optional<Secret>> secret(Group group, String name, String doc) {
    return new Setting<>(
        group,
        Form.SECRET,
        name,
        "FILE",
        texts -> Optional.of(new Secret(Texts.visible(texts.get(0)), secretFile(texts))),
        doc,
        here -> Optional.empty(),
        "");
  }

  /** Behind the secret itself, where it was read from a file. */
  private static Path secretFile(List<String> texts) {
    return texts.size() > 1 ? Path.of(texts.get(1)) : null;
  }

  private static <T> Function<List<String>, T> first(Function<String, T> reader) {
    return texts -> reader.apply(texts.get(0));
  }
}
