package io.stridewatch.engine;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.runtime.client.DeploymentOptions;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPDeployment;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import com.espertech.esper.runtime.client.EPUndeployException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Makes Esper runtimes, each with a name of its own, and deploys rules into them. */
final class Runtimes {
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Configuration CONFIGURATION = EsperSettings.configuration();

  private Runtimes() {}

  static EPRuntime make() {
    return EPRuntimeProvider.getRuntime("stridewatch-" + NUMBER.getAndIncrement(), CONFIGURATION);
  }

  /** Of a rule about one event. Rows go to {@code row}, each by itself; the deployment's id. */
  static String deploy(EPRuntime runtime, CompiledRule rule, Consumer<EventBean> row) {
    return deploy(runtime, rule.module(), in(rule.module().classes()), row);
  }

  /** Of a rule with memory, in one of the scopes that share these classes. */
  static ModuleClasses.Deployed deploy(
      EPRuntime runtime, CompiledRule rule, ModuleClasses classes, Consumer<EventBean> row) {
    return classes.deployed(deploy(runtime, rule.module(), in(classes.loader()), row));
  }

  /** What is no rule. */
  static String deploy(EPRuntime runtime, LazyModule module, Consumer<EventBean> row) {
    return deploy(runtime, module, new DeploymentOptions(), row);
  }

  private static String deploy(
      EPRuntime runtime, LazyModule module, DeploymentOptions options, Consumer<EventBean> row) {
    try {
      EPDeployment deployment = runtime.getDeploymentService().deploy(module.compiled(), options);
      for (EPStatement statement : deployment.getStatements()) {
        statement.addListener(
            (rows, old, source, from) -> {
              for (EventBean each : rows == null ? new EventBean[0] : rows) {
                row.accept(each);
              }
            });
      }
      return deployment.getDeploymentId();
    } catch (EPDeployException e) {
      throw new IllegalStateException(
          "a rule was compiled but can't be deployed: " + e.getMessage(), e);
    }
  }

  private static DeploymentOptions in(ClassLoader classes) {
    return new DeploymentOptions().setDeploymentClassLoaderOption(context -> classes);
  }

  /** Takes a rule out, with all that it remembers. */
  static void undeploy(EPRuntime runtime, String deployment) {
    try {
      runtime.getDeploymentService().undeploy(deployment);
    } catch (EPUndeployException e) {
      throw new IllegalStateException("a rule can't be taken out: " + e.getMessage(), e);
    }
  }
}
