package io.stridewatch.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The classes of a module, loaded once for its deployments in many scopes, for one engine at a
 * time. Esper's generated code keeps what belongs to one deployment (its aggregations) in static
 * fields, and Esper therefore loads the classes again for each; the JVM then begins anew to make
 * them fast, and a thousand scopes hold a thousand times the classes. Here the fields are filled
 * with what belongs to a deployment before its code runs. One thread.
 */
final class ModuleClasses {
  private static final String STATEMENT_FIELDS = "StatementFields";
  private final LazyModule module;
  private final ClassLoader loader;
  private final List<MethodHandle> reading = new ArrayList<>();
  private final List<MethodHandle> writing = new ArrayList<>();
  private Deployed inPlace;

  ModuleClasses(LazyModule module, Map<String, byte[]> classes) {
    this.module = module;
    this.loader = new Loader(classes);
    for (String name : classes.keySet()) {
      if (name.contains(STATEMENT_FIELDS)) {
        statics(name);
      }
    }
  }

  private void statics(String name) {
    try {
      for (Field field : loader.loadClass(name).getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          MethodHandles.Lookup lookup = MethodHandles.lookup();
          MethodHandle read = lookup.unreflectGetter(field);
          reading.add(read.asType(read.type().changeReturnType(Object.class)));
          MethodHandle write = lookup.unreflectSetter(field);
          writing.add(write.asType(write.type().changeParameterType(0, Object.class)));
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a module's class can't be used: " + name, e);
    }
  }

  /** Where classes are found that hold no state, too. */
  ClassLoader loader() {
    return loader;
  }

  /** What was deployed just now; its fields are in place. */
  Deployed deployed(String id) {
    Object[] fields = new Object[reading.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = read(i);
    }
    inPlace = new Deployed(id, fields);
    return inPlace;
  }

  /** Ready for another engine: nothing of this one is held. */
  void giveBack() {
    inPlace = null;
    for (int i = 0; i < writing.size(); i++) {
      write(i, null);
    }
    module.takeBack(this);
  }

  private Object read(int field) {
    try {
      return (Object) reading.get(field).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("a static field can't be read", e);
    }
  }

  private void write(int field, Object value) {
    try {
      writing.get(field).invokeExact(value);
    } catch (Throwable e) {
      throw new IllegalStateException("a static field can't be written", e);
    }
  }

  /** The module's deployment in one scope. */
  final class Deployed {
    private final String id;
    private final Object[] fields;

    private Deployed(String id, Object[] fields) {
      this.id = id;
      this.fields = fields;
    }

    String id() {
      return id;
    }

    /** Its code may run now. */
    void enter() {
      if (inPlace != this) {
        for (int i = 0; i < fields.length; i++) {
          write(i, fields[i]);
        }
        inPlace = this;
      }
    }

    /** Esper has taken it out, and emptied the fields. */
    void left() {
      inPlace = null;
    }
  }

  /** Of classes that are only in memory. */
  static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(ModuleClasses.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
